import { useState } from 'preact/hooks'
import { go } from '../../app/router'
import type { AccountingMethod } from '../../client/graphql'
import { duration } from '../../parts/duration'
import { latency, percent, share } from '../../parts/numbers'
import { TableFrame } from '../../parts/table-frame'
import { useTexts } from '../../texts/use-texts'
import type { PageData, UptimeFigures } from './page-data'
import { addressOf, METHODS, type Terms } from './page-terms'
import { saveExport } from './save-export'
import { sharesOf, unknownRatio, type TimeKind } from './uptime-shares'
import './uptime.css'

const WINDOWS = ['day', 'month', 'quarter'] as const
const KINDS: readonly TimeKind[] = ['good', 'bad', 'inconclusive', 'missing', 'maintenance', 'disabled']

/** Three windows, how they were counted, and what of them nobody knows. */
export function UptimeSection({ page, terms }: { page: PageData; terms: Terms }) {
  const { t } = useTexts()
  const texts = t.website.uptime
  return (
    <section class="panel" aria-labelledby="uptime-title">
      <div class="panel-heading">
        <h2 id="uptime-title">{texts.title}</h2>
        <label class="inline">
          {texts.method}
          <select
            value={terms.method}
            aria-describedby="method"
            onChange={({ currentTarget: { value } }) =>
              go(addressOf(page.id, { ...terms, method: value as AccountingMethod }), 'REPLACE')
            }
          >
            {METHODS.map((method) => (
              <option key={method} value={method}>
                {texts.methods[method]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p id="method" class="quiet">
        {texts.explained[terms.method]} <span class="code">{page.month.method}</span>
      </p>
      <div class="windows">
        {WINDOWS.map((window) => (
          <UptimeWindow key={window} name={texts.windows[window]} uptime={page[window]} />
        ))}
      </div>
      <details>
        <summary>{texts.table}</summary>
        <KindsTable page={page} />
        <Recount page={page} />
      </details>
    </section>
  )
}

function UptimeWindow({ name, uptime }: { name: string; uptime: UptimeFigures }) {
  const { t, language } = useTexts()
  const texts = t.website.uptime
  const shares = sharesOf(uptime)
  const totalMs = shares.reduce((sum, { ms }) => sum + ms, 0)
  let x = 0
  return (
    <div class="window">
      <h3>{name}</h3>
      <p class="ratio">{percent(uptime.ratio, language)}</p>
      <svg class="kinds" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {shares.map(({ kind, ms }) => {
          const start = x
          // What is little is seen, too.
          const width = Math.max(0.7, (ms / totalMs) * 100)
          x += width
          return <rect key={kind} class={CLASSES[kind]} x={start} width={width} height="6" />
        })}
      </svg>
      <p>
        {texts.unknown(share(unknownRatio(uptime), language))}
        {uptime.downMs > 0 && <> · {texts.down(duration(uptime.downMs, language))}</>}
      </p>
      <p class="quiet small">{texts.basis[uptime.basis]}</p>
    </div>
  )
}

const CLASSES: Readonly<Record<TimeKind, string>> = {
  good: 'good',
  bad: 'bad',
  inconclusive: 'inconclusive',
  missing: 'no-data',
  maintenance: 'maintenance',
  disabled: 'no-data faint',
}

/** What each figure was summed from: the verdicts, or where some are gone, the sums that stay. */
function Recount({ page }: { page: PageData }) {
  const { t } = useTexts()
  const texts = t.website.uptime
  const [refusal, setRefusal] = useState<string | null>(null)
  const save = async ({ basis, from, to }: UptimeFigures) => {
    const kind = basis === 'VERDICTS' ? 'verdicts' : 'rollups'
    setRefusal(await saveExport(`${kind}.csv`, { website: page.id, from, to }, t))
  }
  return (
    <>
      <p class="quiet small">{texts.recount}</p>
      <div class="buttons">
        {WINDOWS.map((window) => (
          <button key={window} type="button" class="small" onClick={() => void save(page[window])}>
            {texts.recountFrom(texts.windows[window])}
          </button>
        ))}
      </div>
      {refusal !== null && (
        <p role="alert" class="refusal">
          {refusal}
        </p>
      )}
    </>
  )
}

function KindsTable({ page }: { page: PageData }) {
  const { t, language } = useTexts()
  const texts = t.website.uptime
  return (
    <TableFrame label={texts.table}>
      <table>
        <caption class="out-of-sight">{texts.table}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.kind}</th>
            {WINDOWS.map((window) => (
              <th key={window} scope="col" class="number">
                {texts.windows[window]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{texts.kinds[kind]}</th>
              {WINDOWS.map((window) => (
                <td key={window} class="number">
                  {duration(page[window][`${kind}Ms`], language)}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{texts.latency}</th>
            {WINDOWS.map((window) => {
              const { p50Us = null, p95Us = null, p99Us = null } = page[window].latency ?? {}
              return (
                <td key={window} class="number">
                  {[p50Us, p95Us, p99Us].map((us) => latency(us, language)).join(' / ')}
                </td>
              )
            })}
          </tr>
        </tbody>
      </table>
    </TableFrame>
  )
}
