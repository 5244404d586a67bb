import { Instant } from '../../parts/instant'
import { latency } from '../../parts/numbers'
import { Mark } from '../../parts/state-mark'
import { TableFrame } from '../../parts/table-frame'
import { useTexts } from '../../texts/use-texts'
import type { Attempt } from './channel-data'
import { LIKE } from './delivery-state'
import './attempts.css'

/** How a receiver answered, attempt by attempt. */
export function AttemptTable({ title, attempts }: { title: string; attempts: readonly Attempt[] }) {
  const { t, language } = useTexts()
  const texts = t.notifications.deliveries
  return (
    <TableFrame label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            {[texts.at, texts.outcome, texts.status, texts.duration, texts.error, texts.answer].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ at, outcome, httpStatus, durationMs, error, answer }) => (
            <tr key={at}>
              <th scope="row">
                <Instant at={at} precision="SECOND" />
              </th>
              <td>
                <Mark like={LIKE[outcome]}>{texts.outcomes[outcome]}</Mark>
              </td>
              <td>{httpStatus ?? '–'}</td>
              <td>{latency(durationMs * 1000, language)}</td>
              <td class="text">{error ?? '–'}</td>
              <td class="text code answer">{answer ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
