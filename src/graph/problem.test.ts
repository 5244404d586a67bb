import { expect, it } from 'vitest'
import { FAULTS_MAX, inputFault, refuse, refuseAll } from './problem.js'

it('says all that is wrong with an input, the first of it as its own fault', () => {
  const name = inputFault('INVALID_NAME', 'The name is blank.', 'name')
  const statuses = inputFault('INVALID_CHECK', 'There is no status.', 'check.statuses')
  const timeout = inputFault('INVALID_CHECK', 'The timeout is negative.', 'check.timeoutMs')
  expect(refuseAll(null, name, [statuses, timeout])).toEqual({
    kind: 'refused',
    ...name,
    faults: [name, statuses, timeout],
  })
})

it('refuses nothing where nothing is wrong', () => {
  expect(refuseAll(null, [], null)).toBeNull()
})

it('names no field where a refusal is about none', () => {
  expect(refuse('BUSY', 'Try again.')).toEqual({
    kind: 'refused',
    reason: 'BUSY',
    message: 'Try again.',
    faults: [{ reason: 'BUSY', message: 'Try again.' }],
  })
})

it('tells no more faults than a document is weighed with', () => {
  const many = Array.from({ length: FAULTS_MAX + 5 }, (_, index) => inputFault('BAD', 'It is bad.', `tags[${index}]`))
  expect(refuseAll(many)?.faults).toEqual(many.slice(0, FAULTS_MAX))
})
