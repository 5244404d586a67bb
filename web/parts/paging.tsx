import { useTexts } from '../texts/use-texts'
import type { PageAt } from './page-at'

interface Props {
  label: string
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  at: PageAt
  hrefOf(at: PageAt): string
}

/** Links to the pages around this one, of a list whose newest is first. */
export function Paging({ label, pageInfo, at, hrefOf }: Props) {
  const { t } = useTexts()
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo
  if (at === null && !hasNextPage) return null
  return (
    <nav class="buttons" aria-label={label}>
      {at !== null && (
        <a class="button" href={hrefOf(null)}>
          {t.paging.newest}
        </a>
      )}
      {at !== null && hasPreviousPage && startCursor !== null && (
        <a class="button" href={hrefOf({ before: startCursor })} rel="prev">
          {t.paging.newer}
        </a>
      )}
      {hasNextPage && endCursor !== null && (
        <a class="button" href={hrefOf({ after: endCursor })} rel="next">
          {t.paging.older}
        </a>
      )}
    </nav>
  )
}
