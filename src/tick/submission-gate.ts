import type { Identity } from '../graph/identity.js'
import type { Parts } from '../parts.js'
import { refuse } from '../graph/problem.js'
import type { Intake } from './intake.js'
import type { TickRefusal } from './refuse-tick.js'

/** Only the signature tells whose a submission is. */
export interface Sender {
  identity: Identity
  address: string
}

export interface SubmissionGate {
  /** It was not signed by the key that it names. */
  isBad(): Promise<void>
  /** It was: a refusal when the key has sent too much to no purpose. */
  isSigned(): Promise<TickRefusal | null>
  /** So many of its ticks were not stored by it. */
  hasSpare(count: number): Promise<void>
}

type GateParts = Pick<Parts, 'rates'> & { intake: Pick<Intake, 'directory'> }

/** Holds off unsigned floods before they are verified; a key known at the address, or with its own session, is counted apart. */
export async function openSubmissionGate(
  { rates, intake }: GateParts,
  { publicKey, sender }: { publicKey: string; sender: Sender },
): Promise<SubmissionGate | TickRefusal> {
  const { identity, address } = sender
  const isOwn =
    identity.kind === 'validator' && (await intake.directory.findByKey(publicKey))?.id === identity.validatorId
  const payer = rates.payerOf(address, publicKey)
  const wait = isOwn ? null : await rates.look('BAD_SUBMISSIONS', payer)
  if (wait !== null) return tooMany(wait)
  return {
    isBad: () => (isOwn ? rates.charge('SPARE_TICKS_OF_KEY', publicKey) : rates.charge('BAD_SUBMISSIONS', payer)),
    async isSigned() {
      rates.vouch(address, publicKey)
      const seconds = await rates.look('SPARE_TICKS_OF_KEY', publicKey)
      return seconds === null ? null : tooMany(seconds)
    },
    hasSpare: async (count) => {
      if (count > 0) await rates.charge('SPARE_TICKS_OF_KEY', publicKey, count)
    },
  }
}

function tooMany(seconds: number): TickRefusal {
  return refuse('RATE_LIMITED', `Too many submissions: wait ${seconds} s and send this one again.`)
}
