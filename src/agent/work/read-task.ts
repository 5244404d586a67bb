import type { Check } from '../../protocol/check.js'
import { canonicalUrl, parseInstant } from '../../protocol/text-forms.js'
import type { HubTask } from '../link/open-hub-socket.js'

/** Instants are Unix milliseconds by the hub's clock. */
export interface Task {
  callbackId: string
  websiteId: string
  url: string
  check: Check
  round: string
  roundAt: number
  startAt: number
  deadlineAt: number
}

/** `null` for a task to which no answer could be signed. */
export function readTask({ roundAt, deadlineAt, startAfterMs, ...rest }: HubTask): Task | null {
  const roundInstant = parseInstant(roundAt)
  const deadline = parseInstant(deadlineAt)
  const { callbackId, websiteId, url, check } = rest
  if (roundInstant === null || deadline === null || canonicalUrl(url) !== url) return null
  if (!ID.test(callbackId) || !ID.test(websiteId)) return null
  const startAt = roundInstant + startAfterMs
  return { callbackId, websiteId, url, check, round: roundAt, roundAt: roundInstant, startAt, deadlineAt: deadline }
}

/** PROTOCOL §2. */
const ID = /^(?!-$)[\x21-\x7e]+$/
