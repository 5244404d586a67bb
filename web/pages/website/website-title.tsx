import { useTitle } from '../../parts/use-title'
import { useTexts } from '../../texts/use-texts'
import type { PageData } from './page-data'

/** Its name, where it is, and what it is counted among. */
export function WebsiteTitle({ page }: { page: PageData }) {
  const { t } = useTexts()
  useTitle(page.name)
  return (
    <header class="website-title">
      <h1>{page.name}</h1>
      <p class="url">
        <a href={page.url} rel="noreferrer noopener" target="_blank">
          {page.url}
        </a>
      </p>
      {page.tags.length > 0 && (
        <ul class="tags" aria-label={t.website.tags}>
          {page.tags.map((tag) => (
            <li key={tag}>
              <a href={`/websites?tag=${encodeURIComponent(tag)}`}>{tag}</a>
            </li>
          ))}
        </ul>
      )}
      {page.hostBudget !== null && (
        <p class="quiet small">{t.website.budget(page.hostBudget.validators, page.hostBudget.turns)}</p>
      )}
    </header>
  )
}
