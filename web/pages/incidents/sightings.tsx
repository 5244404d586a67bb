import type { SightingsFragment } from '../../client/graphql'
import { latency } from '../../parts/numbers'
import { StateMark } from '../../parts/state-mark'
import { TableFrame } from '../../parts/table-frame'
import { useTexts } from '../../texts/use-texts'
import { seenBy } from './seen-by'

interface Props {
  sightings: SightingsFragment
  isUnfolded: boolean
}

/** What each validator saw in the round that made an entry. */
export function Sightings({ sightings: { seen, leftOut }, isUnfolded }: Props) {
  const { t } = useTexts()
  const { validator, saw, why, latency: latencyName } = t.website.round
  const counts = seenBy(seen)
  const title = t.incidents.saw(counts.bad, counts.seen)
  return (
    <details open={isUnfolded}>
      <summary>{title}</summary>
      <TableFrame label={title}>
        <table>
          <caption class="out-of-sight">{title}</caption>
          <thead>
            <tr>
              {[validator, saw, why].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col" class="number">
                {latencyName}
              </th>
            </tr>
          </thead>
          <tbody>
            {seen.map((sighting) => (
              <SightingRow key={sighting.validator.publicKey} sighting={sighting} />
            ))}
          </tbody>
        </table>
      </TableFrame>
      {leftOut > 0 && <p class="quiet">{t.incidents.leftOut(leftOut)}</p>}
    </details>
  )
}

function SightingRow({ sighting }: { sighting: SightingsFragment['seen'][number] }) {
  const { t, language } = useTexts()
  const { validator, status, failure, latencyUs, setAside } = sighting
  return (
    <tr>
      <th scope="row" title={validator.publicKey}>
        {validator.label ?? `${validator.publicKey.slice(0, 8)}…`}{' '}
        {validator.region !== null && <span class="quiet">{validator.region}</span>}
      </th>
      <td>
        <StateMark state={status === 'Good' ? 'GOOD' : 'BAD'} />{' '}
        {setAside && <span class="quiet">({t.website.round.isSetAside})</span>}
      </td>
      <td>{failure === null ? '–' : t.website.failures[failure]}</td>
      <td class="number">{latency(latencyUs, language)}</td>
    </tr>
  )
}
