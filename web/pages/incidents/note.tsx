import { Instant } from '../../parts/instant'
import './notes.css'

/** What its owner wrote, as it was typed. */
export function Note({ note: { at, note } }: { note: { at: string; note: string } }) {
  return (
    <blockquote class="incident-note">
      <p class="note-text">{note}</p>
      <p class="quiet small">
        <Instant at={at} />
      </p>
    </blockquote>
  )
}
