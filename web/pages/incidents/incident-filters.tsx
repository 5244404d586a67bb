import { go } from '../../app/router'
import type { IncidentState } from '../../client/graphql'
import { useTexts } from '../../texts/use-texts'
import { incidentsAddress, STATES, type Terms } from './list-terms'

interface Props {
  terms: Terms
  /** To choose from; one may be there twice. */
  websites: readonly { id: string; name: string }[]
}

export function IncidentFilters({ terms, websites }: Props) {
  const { t } = useTexts()
  const texts = t.incidents.filter
  const change = (changed: Partial<Terms>) => go(incidentsAddress({ ...terms, ...changed, page: null }), 'REPLACE')
  const names = new Map(websites.map(({ id, name }) => [id, name]))
  if (terms.website !== null && !names.has(terms.website)) names.set(terms.website, texts.other)
  return (
    <search class="filters">
      <label>
        {texts.state}
        <select
          value={terms.state}
          onChange={({ currentTarget }) => change({ state: currentTarget.value as IncidentState })}
        >
          {STATES.map((state) => (
            <option key={state} value={state}>
              {texts.states[state]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {texts.website}
        <select
          value={terms.website ?? ''}
          onChange={({ currentTarget }) => change({ website: currentTarget.value || null })}
        >
          <option value="">{texts.every}</option>
          {[...names].map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          {texts[end]}
          <input
            type="date"
            value={terms[end] ?? ''}
            onChange={({ currentTarget }) => change({ [end]: currentTarget.value || null })}
          />
        </label>
      ))}
    </search>
  )
}
