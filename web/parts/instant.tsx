import { useTexts } from '../texts/use-texts'
import { instant, inUtc } from './time'

/** An instant in the reader's zone, with UTC on demand. @param at ISO 8601. */
export function Instant({ at, precision = 'MINUTE' }: { at: string; precision?: 'MINUTE' | 'SECOND' }) {
  const { language } = useTexts()
  const ms = Date.parse(at)
  return (
    <time dateTime={at} title={inUtc(ms)}>
      {instant(ms, language, precision)}
    </time>
  )
}
