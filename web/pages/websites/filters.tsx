import { useEffect, useState } from 'preact/hooks'
import { useDocument } from '../../api/use-document'
import { WebsiteTagsDocument, type WebsiteCondition, type WebsiteOrder } from '../../client/graphql'
import { useTexts } from '../../texts/use-texts'

export interface Terms {
  search: string
  condition: WebsiteCondition | null
  tag: string | null
  order: WebsiteOrder
}

/** Until somebody has stopped typing. */
const TYPED_MS = 250

export function Filters({ terms, onChange }: { terms: Terms; onChange: (terms: Terms) => void }) {
  const { t } = useTexts()
  const [search, setSearch] = useState(terms.search)
  const tags = useDocument(WebsiteTagsDocument, {}).data?.websiteTags ?? []
  useEffect(() => {
    if (search === terms.search) return undefined
    const timer = setTimeout(() => onChange({ ...terms, search }), TYPED_MS)
    return () => clearTimeout(timer)
  }, [search])
  useEffect(() => setSearch(terms.search), [terms.search])
  return (
    <search class="filters">
      <label>
        {t.websites.search}
        <input
          id="search"
          type="search"
          value={search}
          onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          aria-keyshortcuts="/"
        />
      </label>
      <label>
        {t.websites.state}
        <select
          value={terms.condition ?? ''}
          onChange={({ currentTarget }) =>
            onChange({ ...terms, condition: (currentTarget.value || null) as WebsiteCondition | null })
          }
        >
          <option value="">{t.websites.all}</option>
          {(['BAD', 'UNKNOWN', 'GOOD', 'DISABLED'] as const).map((condition) => (
            <option key={condition} value={condition}>
              {t.websites.conditions[condition]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.websites.tag}
        <select
          value={terms.tag ?? ''}
          onChange={({ currentTarget }) => onChange({ ...terms, tag: currentTarget.value || null })}
        >
          <option value="">{t.websites.all}</option>
          {tags.map(({ name, websiteCount }) => (
            <option key={name} value={name}>{`${name} (${websiteCount})`}</option>
          ))}
        </select>
      </label>
      <label>
        {t.websites.order}
        <select
          value={terms.order}
          onChange={({ currentTarget }) => onChange({ ...terms, order: currentTarget.value as WebsiteOrder })}
        >
          <option value="NAME">{t.websites.byName}</option>
          <option value="CREATED_AT">{t.websites.byAge}</option>
        </select>
      </label>
    </search>
  )
}
