import type { Identity } from '../graph/identity.js'
import type { NewEntry } from './record-entry.js'

/** A mutation that came to something. */
export interface Change {
  identity: Identity
  /** Name of the mutation. */
  action: string
  /** Name of the type of the thing that it answers with; null when it answers with none. */
  typeName: string | null
  args: Readonly<Record<string, unknown>>
  /** What its resolver gave back. */
  result: Readonly<Record<string, unknown>>
  now: number
}

interface Subject {
  kind: string
  id: string | null
}

/** Where the result does not tell by itself what it is about. */
const SUBJECTS: Readonly<Record<string, (change: Change) => Subject>> = {
  testWebhook: ({ args }) => ({ kind: 'Webhook', id: textOf(args['id']) }),
}

/** The entry for a mutation that came to something. A mutation that nobody has thought of here gets one all the same. */
export function describeChange(change: Change): NewEntry {
  const { identity, action, now, result } = change
  const subject = (SUBJECTS[action] ?? findSubject)(change)
  const owner = isRecord(result['user']) ? textOf(result['user']['id']) : null
  const own = identity.kind === 'owner' ? identity.userId : null
  return {
    at: now,
    // Whoever has no token yet and gets one is an owner from here on.
    actor: identity.kind === 'operator' ? 'OPERATOR' : 'OWNER',
    userId: own ?? owner,
    tokenId: identity.kind === 'owner' ? identity.tokenId : null,
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    detail: detailOf(change),
  }
}

/** What has an id in the result: itself, or the first thing in it. */
function findSubject({ action, typeName, result, args }: Change): Subject {
  const id = textOf(result['id'])
  if (id !== null) return { kind: typeName ?? capitalised(action.replace(/^[a-z]+/, '')), id }
  const things = Object.entries(result).filter((entry): entry is [string, Record<string, unknown>] =>
    isRecord(entry[1]),
  )
  const [name, thing] = things.find(([, { id: itsId }]) => typeof itsId === 'string') ?? []
  if (name !== undefined && thing) return { kind: typeName ?? capitalised(name), id: textOf(thing['id']) }
  const input = inputOf(args)
  return { kind: capitalised(action.replace(/^[a-z]+/, '')), id: textOf(input['id']) }
}

/** Of an update the names of what was given, and everywhere what was switched on or off: no text that anybody wrote. */
function detailOf({ action, args }: Change): string | null {
  const given = Object.entries(inputOf(args)).filter(([name, value]) => name !== 'id' && value !== undefined)
  const words = given.flatMap(([name, value]) => {
    if (typeof value === 'boolean') return [`${name}: ${value}`]
    return action.startsWith('update') ? [name] : []
  })
  return words.length === 0 ? null : words.join(', ')
}

function inputOf(args: Change['args']): Readonly<Record<string, unknown>> {
  return isRecord(args['input']) ? args['input'] : args
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
