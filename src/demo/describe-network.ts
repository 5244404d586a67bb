import type { AnswerView, NetworkView, ValidatorView, WebsiteView } from './network-view.js'

const WEBSITE_WIDTH = 14
const VALIDATOR_WIDTH = 7
const REGION_WIDTH = 12

export const WEBSITE_HEADING = `${'WEBSITE'.padEnd(WEBSITE_WIDTH)}  NOW    UPTIME    MEDIAN  LAST ROUND`
const VALIDATOR_HEADING = `${'VALIDATOR'.padEnd(VALIDATOR_WIDTH + REGION_WIDTH + 2)}  ANSWERS         BALANCE`

/** Per website: its state, uptime since the demo began, median latency, and the last answers. */
export function websiteLines({ websites }: NetworkView): string[] {
  return websites.map(({ name, status, ratio, medianUs, answers }: WebsiteView) =>
    [
      name.padEnd(WEBSITE_WIDTH),
      (status ?? '-').padEnd(4),
      percent(ratio).padStart(7),
      milliseconds(medianUs).padStart(8),
      answersText(answers),
    ].join('  '),
  )
}

/** For a terminal, where it is drawn over and over. */
export function tableLines(view: NetworkView): string[] {
  return [WEBSITE_HEADING, ...websiteLines(view), '', VALIDATOR_HEADING, ...view.validators.map(validatorLine)]
}

function validatorLine({ label, region, answerCount, lamports }: ValidatorView): string {
  return [
    label.padEnd(VALIDATOR_WIDTH),
    region.padEnd(REGION_WIDTH),
    String(answerCount).padStart(7),
    `${lamports} lamports`.padStart(14),
  ].join('  ')
}

export function validatorsText({ validators }: NetworkView): string {
  const paid = validators.map(({ label, answerCount, lamports }) => `${label} ${lamports} (${answerCount} answers)`)
  return `lamports earned: ${paid.join(', ')}`
}

function answersText(answers: readonly AnswerView[]): string {
  const bad = answers.filter(({ status }) => status === 'Bad')
  const goodCount = answers.length - bad.length
  const reasons = [...new Set(bad.map(reasonText))].join(', ')
  const parts = [
    ...(goodCount > 0 ? [`${goodCount} good`] : []),
    ...(bad.length > 0 ? [`${bad.length} bad (${reasons})`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : 'no answers yet'
}

function reasonText({ failure, httpStatus }: AnswerView): string {
  return failure === 'STATUS' ? `HTTP ${httpStatus}` : (failure ?? 'unknown').toLowerCase()
}

/** Floored, so that one Bad is never 100 %. */
function percent(ratio: number | null): string {
  return ratio === null ? '-' : `${(Math.floor(ratio * 1_000) / 10).toFixed(1)} %`
}

function milliseconds(durationUs: number | null): string {
  return durationUs === null ? '-' : `${Math.round(durationUs / 1_000)} ms`
}
