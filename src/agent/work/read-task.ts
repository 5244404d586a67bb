import type { Check } from '../../protocol/check.js'
import { canonicalUrl, parseInstant } from '../../protocol/text-forms.js'
import type { HubTask } from '../link/open-hub-socket.js'

/** A task as the hub sent it, with its instants read: Unix milliseconds by the hub's clock. */
export interface Task {
  callbackId: string
  websiteId: string
  url: string
  check: Check
  /** As the statement spells it. */
  round: string
  roundAt: number
  startAt: number
  deadlineAt: number
}

/** `null` for a task that does not keep to the protocol, so that no answer to it could be signed. */
export function readTask({ roundAt, deadlineAt, startAfterMs, ...rest }: HubTask): Task | null {
  const roundInstant = parseInstant(roundAt)
  const deadline = parseInstant(deadlineAt)
  const { callbackId, websiteId, url, check } = rest
  if (roundInstant === null || deadline === null || canonicalUrl(url) !== url) return null
  if (!ID.test(callbackId) || !ID.test(websiteId)) return null
  const startAt = roundInstant + startAfterMs
  return { callbackId, websiteId, url, check, round: roundAt, roundAt: roundInstant, startAt, deadlineAt: deadline }
}

/** What a line of a statement can hold and is no absent value (PROTOCOL §2). */
const ID = /^(?!-$)[\x21-\x7e]+$/
