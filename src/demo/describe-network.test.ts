import { expect, test } from 'vitest'
import { tableLines, validatorsText } from './describe-network.js'
import type { AnswerView, NetworkView } from './network-view.js'

function answers(status: 'Good' | 'Bad', count: number, more: Partial<AnswerView> = {}): AnswerView[] {
  const answer = { roundAt: '2026-11-22T13:00:00.000Z', status, failure: null, httpStatus: 200, validator: { id: '1' } }
  return Array.from({ length: count }, () => ({ ...answer, ...more }))
}

const VIEW: NetworkView = {
  roundCount: 3,
  roundAt: '2026-11-22T13:00:00.000Z',
  websites: [
    { name: 'steady shop', status: 'Good', ratio: 1, medianUs: 21_499, answers: answers('Good', 5) },
    {
      name: 'moody forum',
      status: 'Bad',
      ratio: 0.999_999,
      medianUs: null,
      answers: [
        ...answers('Good', 1),
        ...answers('Bad', 3, { failure: 'STATUS', httpStatus: 503 }),
        ...answers('Bad', 1, { failure: 'TIMEOUT', httpStatus: null }),
      ],
    },
    { name: 'new', status: null, ratio: null, medianUs: null, answers: [] },
  ],
  validators: [{ label: 'oak', region: 'eu-north', answerCount: 9, lamports: '900' }],
}

test('the table tells how every website is and what every validator has earned', () => {
  expect(tableLines(VIEW)).toEqual([
    'WEBSITE         NOW    UPTIME    MEDIAN  LAST ROUND',
    'steady shop     Good  100.0 %     21 ms  5 good',
    'moody forum     Bad    99.9 %         -  1 good, 4 bad (HTTP 503, timeout)',
    'new             -           -         -  no answers yet',
    '',
    'VALIDATOR              ANSWERS         BALANCE',
    'oak      eu-north            9    900 lamports',
  ])
})

test('the validators also go on one line', () => {
  expect(validatorsText(VIEW)).toBe('lamports earned: oak 900 (9 answers)')
})
