import { latency } from '../../parts/numbers'
import { StateMark } from '../../parts/state-mark'
import { TableFrame } from '../../parts/table-frame'
import { useTexts } from '../../texts/use-texts'
import { causeText } from './cause'
import { SaveProof } from './proofs'
import { PHASES, type Answer, type Tick } from './round-answers'

interface Props {
  answers: readonly Answer[]
  websiteId: string
  roundAt: string
}

/** Everybody who was asked, with the network that decides how the votes count. */
export function AnswersTable({ answers, websiteId, roundAt }: Props) {
  const { t } = useTexts()
  const texts = t.website.round
  const longestUs = Math.max(1, ...answers.map(({ tick }) => (tick === null ? 0 : lengthOf(tick))))
  return (
    <TableFrame label={texts.table}>
      <table>
        <caption class="out-of-sight">{texts.table}</caption>
        <thead>
          <tr>
            {[texts.validator, texts.network, texts.saw, texts.why].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {[texts.latency, texts.dns, texts.connect, texts.tls, texts.firstByte].map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
            <th scope="col">{texts.address}</th>
            <th scope="col">{texts.proof}</th>
          </tr>
        </thead>
        <tbody>
          {answers.map((answer) => (
            <AnswerRow
              key={answer.validator.id}
              answer={answer}
              longestUs={longestUs}
              websiteId={websiteId}
              roundAt={roundAt}
            />
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

function AnswerRow({ answer, longestUs, ...of }: { answer: Answer; longestUs: number } & Omit<Props, 'answers'>) {
  const { t, language } = useTexts()
  const texts = t.website.round
  const { validator, network, isSetAside, tick } = answer
  const name = validator.label ?? `${validator.publicKey.slice(0, 8)}…`
  return (
    <tr>
      <th scope="row" title={validator.publicKey}>
        {name} {validator.region !== null && <span class="quiet">{validator.region}</span>}
      </th>
      <td>
        {network ?? '–'} {isSetAside && <span class="quiet">({texts.isSetAside})</span>}
      </td>
      {tick === null ? (
        <td colSpan={9} class="quiet">
          {texts.noAnswer}
        </td>
      ) : (
        <>
          <td>
            <StateMark state={tick.status === 'Good' ? 'GOOD' : 'BAD'} />
          </td>
          <td>
            {tick.failure !== null && causeText({ ...tick, failure: tick.failure }, t)}
            {tick.detail !== null && <span class="code quiet small"> {tick.detail}</span>}
          </td>
          <td class="number">
            {latency(tick.latencyUs, language)}
            <PhaseBar tick={tick} longestUs={longestUs} />
          </td>
          {PHASES.map((phase) => (
            <td key={phase} class="number">
              {latency(tick[phase], language)}
            </td>
          ))}
          <td class="code small">{tick.remoteAddress ?? '–'}</td>
          <td>
            <SaveProof {...of} validatorId={validator.id} name={name} />
          </td>
        </>
      )}
    </tr>
  )
}

/** A check that failed has phases without a whole. */
function lengthOf(tick: Tick): number {
  const measuredUs = PHASES.reduce((sum, phase) => sum + (tick[phase] ?? 0), 0)
  return Math.max(tick.latencyUs ?? 0, measuredUs)
}

/** The phases of the last hop as parts of the slowest answer of the round. */
function PhaseBar({ tick, longestUs }: { tick: Tick; longestUs: number }) {
  let x = 0
  return (
    <svg class="phases" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="whole" width={((tick.latencyUs ?? 0) / longestUs) * 100} height="4" />
      {PHASES.map((phase) => {
        const width = ((tick[phase] ?? 0) / longestUs) * 100
        const start = x
        x += width
        return width > 0 && <rect key={phase} class={phase} x={start} width={width} height="4" />
      })}
    </svg>
  )
}
