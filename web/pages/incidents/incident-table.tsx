import type { IncidentsQuery } from '../../client/graphql'
import { Instant } from '../../parts/instant'
import { StateMark } from '../../parts/state-mark'
import { TableFrame } from '../../parts/table-frame'
import { useTexts } from '../../texts/use-texts'
import { Acknowledgement } from './acknowledgement'
import { IncidentDuration } from './incident-duration'
import { incidentAddress } from './list-terms'
import { seenBy } from './seen-by'

type Row = IncidentsQuery['incidents']['edges'][number]['node']

export function IncidentTable({ incidents, onChanged }: { incidents: readonly Row[]; onChanged: () => void }) {
  const { t } = useTexts()
  const { title, columns } = t.incidents
  return (
    <TableFrame label={title}>
      <table>
        <caption class="out-of-sight">{title}</caption>
        <thead>
          <tr>
            {Object.entries(columns).map(([key, name]) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {incidents.map((incident) => (
            <IncidentRow key={incident.id} incident={incident} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

function IncidentRow({ incident, onChanged }: { incident: Row; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.incidents
  const { id, isOpen, startedAt, end, failure, reopenedCount, website } = incident
  return (
    <tr>
      <th scope="row">
        <a href={incidentAddress(id)}>
          <span class="out-of-sight">{texts.incident}</span> <Instant at={startedAt} />
        </a>
      </th>
      <td>
        {isOpen ? <StateMark state="BAD" /> : texts.ended}
        {end !== null && <span class="quiet"> ({texts.ends[end]})</span>}
      </td>
      <td class="text">
        <a href={`/websites/${website.id}`}>{website.name}</a>
      </td>
      <td>
        <IncidentDuration incident={incident} />
        {reopenedCount > 0 && <span class="quiet"> {texts.reopened(reopenedCount)}</span>}
      </td>
      <td>{failure === null ? '–' : t.website.failures[failure]}</td>
      <td>{seenText(incident, texts.seenBy)}</td>
      <td>
        <Acknowledgement incident={incident} onChanged={onChanged} />
      </td>
    </tr>
  )
}

function seenText({ opening }: Row, text: (bad: number, seen: number) => string): string {
  const node = opening.edges[0]?.node
  if (node === undefined || !('sightings' in node) || node.sightings == null) return '–'
  const { bad, seen } = seenBy(node.sightings.seen)
  return text(bad, seen) + (node.sightings.leftOut > 0 ? ` (+ ${node.sightings.leftOut})` : '')
}
