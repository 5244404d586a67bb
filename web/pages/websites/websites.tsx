import { useState } from 'preact/hooks'
import { go } from '../../app/router'
import type { WebsiteCondition } from '../../client/graphql'
import { useSchedule } from '../../api/use-schedule'
import { FaultNote } from '../../parts/fault-note'
import { NextRound } from '../../parts/next-round'
import { useTexts } from '../../texts/use-texts'
import { AddWebsites } from './add-websites'
import { ChosenActions } from './chosen-actions'
import { Filters, type Terms } from './filters'
import { useListKeys } from './use-list-keys'
import { useWebsiteList } from './use-website-list'
import { WebsiteRow } from './website-row'
import './websites.css'

/** All websites at a glance, live. What is filtered stands in the address. */
export function Websites({ query }: { query: URLSearchParams }) {
  const { t } = useTexts()
  const terms = readTerms(query)
  const { list, fault, refresh } = useWebsiteList(listTerms(terms))
  const schedule = useSchedule()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isAdding, setIsAdding] = useState(false)
  useListKeys({ onNew: () => setIsAdding(true) })
  const choose = (id: string, isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before)
      if (isChosen) after.add(id)
      else after.delete(id)
      return after
    })
  const shown = list?.rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id) ?? []
  return (
    <>
      <div class="heading">
        <h1>{t.shell.websites}</h1>
        {list !== null && <p class="quiet">{t.websites.summary(list.counts)}</p>}
        {schedule !== null && <NextRound schedule={schedule} since={null} />}
        <button type="button" class="main" onClick={() => setIsAdding(true)} aria-keyshortcuts="n">
          {t.websites.add}
        </button>
      </div>
      {isAdding && (
        <AddWebsites
          onAdded={() => {
            setIsAdding(false)
            refresh()
          }}
          onCancel={() => setIsAdding(false)}
        />
      )}
      {fault !== null && <FaultNote fault={fault} onRetry={refresh} />}
      <Filters terms={terms} onChange={(next) => go(addressOf(next), 'REPLACE')} />
      {shown.length > 0 && (
        <ChosenActions
          ids={shown}
          onDone={() => {
            setChosen(new Set())
            refresh()
          }}
        />
      )}
      {list === null && fault === null && <p role="status">{t.websites.loading}</p>}
      {list !== null && list.rows.length === 0 && <Empty isFiltered={isFiltered(terms)} />}
      {list !== null && list.rows.length > 0 && (
        <ul class="rows" aria-label={t.shell.websites}>
          {list.rows.map((row) => (
            <WebsiteRow
              key={row.id}
              row={row}
              schedule={schedule}
              isChosen={chosen.has(row.id)}
              onChoose={(isChosen) => choose(row.id, isChosen)}
            />
          ))}
        </ul>
      )}
    </>
  )
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTexts()
  return (
    <div class="card">
      <h2>{isFiltered ? t.websites.noMatch : t.websites.none}</h2>
      <p>{isFiltered ? t.websites.noMatchHint : t.websites.noneHint}</p>
    </div>
  )
}

const CONDITIONS: readonly WebsiteCondition[] = ['GOOD', 'BAD', 'UNKNOWN', 'DISABLED']

function readTerms(query: URLSearchParams): Terms {
  const condition = CONDITIONS.find((one) => one === query.get('state')) ?? null
  const order = query.get('order') === 'CREATED_AT' ? 'CREATED_AT' : 'NAME'
  return { search: query.get('q') ?? '', condition, tag: query.get('tag'), order }
}

function addressOf({ search, condition, tag, order }: Terms): string {
  const query = new URLSearchParams()
  if (search !== '') query.set('q', search)
  if (condition !== null) query.set('state', condition)
  if (tag !== null) query.set('tag', tag)
  if (order !== 'NAME') query.set('order', order)
  return query.size === 0 ? '/websites' : `/websites?${query.toString()}`
}

function listTerms({ search, condition, tag, order }: Terms) {
  const filter = {
    ...(search.trim() !== '' && { search: search.trim().slice(0, 200) }),
    ...(condition !== null && { conditions: [condition] }),
    ...(tag !== null && { tags: [tag] }),
  }
  return { filter, orderBy: order } as const
}

function isFiltered({ search, condition, tag }: Terms): boolean {
  return search.trim() !== '' || condition !== null || tag !== null
}
