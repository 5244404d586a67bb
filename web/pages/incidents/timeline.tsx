import type { IncidentQuery } from '../../client/graphql'
import { Instant } from '../../parts/instant'
import { instant } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import { Note } from './note'
import { Sightings } from './sightings'
import './timeline.css'

type Incident = NonNullable<IncidentQuery['incident']>
type Entry = Incident['timeline']['edges'][number]['node']

/** Every entry in words, oldest first. */
export function Timeline({ incident: { timeline, website } }: { incident: Pick<Incident, 'timeline' | 'website'> }) {
  return (
    <ol class="incident-timeline">
      {timeline.edges.map(({ node }) => (
        <li key={node.id}>
          <TimelineEntry entry={node} websiteId={website.id} />
        </li>
      ))}
    </ol>
  )
}

function TimelineEntry({ entry, websiteId }: { entry: Entry; websiteId: string }) {
  const { t } = useTexts()
  const texts = t.incidents
  if (entry.kind === 'IncidentNote') {
    return (
      <>
        <p>{texts.entries.IncidentNote}</p>
        <Note note={entry} />
      </>
    )
  }
  return (
    <>
      <p>
        <Instant at={entry.at} precision="SECOND" /> · {texts.entries[entry.kind]}
        {entry.kind === 'IncidentClosed' && `: ${texts.ends[entry.end]}.`}
        {'failure' in entry && entry.failure != null && ` ${t.website.failures[entry.failure]}.`}
      </p>
      {entry.kind !== 'IncidentAcknowledged' && (
        <>
          {entry.roundAt !== null && <RoundLink websiteId={websiteId} roundAt={entry.roundAt} />}
          {entry.sightings !== null && (
            <Sightings sightings={entry.sightings} isUnfolded={entry.kind === 'IncidentOpened'} />
          )}
        </>
      )}
    </>
  )
}

function RoundLink({ websiteId, roundAt }: { websiteId: string; roundAt: string }) {
  const { t, language } = useTexts()
  return (
    <p>
      <a href={`/websites/${websiteId}?${new URLSearchParams({ round: roundAt }).toString()}`}>
        {t.incidents.round(instant(Date.parse(roundAt), language, 'SECOND'))}
      </a>
    </p>
  )
}
