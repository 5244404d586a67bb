import type { VerdictStatus, Website } from '../../generated/prisma/client.js'
import { createBuilder } from '../../graph/create-builder.js'
import { MINUTE_MS } from '../../time.js'
import { addTestUser, createTestParts, ownerActor, type TestParts } from '../owner/parts.js'
import { FAILURE_CLASSES, type FailureClass } from '../../protocol/tick.js'
import type { Sql, Store } from '../../store/store.js'
import type { TestTemplate } from '../test-template.js'
import { addTickEnums } from '../../tick/tick-enums.js'
import { addValidatorGraph } from '../../validator/graph.js'
import type { ClosingAnswer, ClosingVerdict, RoundClosing } from '../../verdict/round-closing.js'
import { addWebsiteGraph } from '../../website/graph.js'
import { createWebsite } from '../../website/create-website.js'
import { advanceIncidents } from '../../incident/advance-incidents.js'
import { addIncidentGraph } from '../../incident/graph.js'

const DEADLINE_MS = 45_000

/** A verdict as a test puts it: B, G or I, in small letters the same in maintenance, with answers where it gives any. */
export interface TestVerdict {
  website: Website
  letter: string
  answers?: ClosingAnswer[]
}

const STATUSES: Record<string, VerdictStatus> = { B: 'Bad', G: 'Good', I: 'Inconclusive' }

/** A hub's records, in which a test closes rounds as the hub would. Its clock stands at 13:00. */
export async function createTestIncidents(template: TestTemplate) {
  const parts = await createTestParts(template)
  const { prisma } = parts.store
  return {
    parts,
    addOwner: (name: string) => addTestUser(parts, `${name}@example.com`),
    async addWebsite(userId: string, name: string): Promise<Website> {
      const outcome = await createWebsite(parts, ownerActor(userId), { name, url: `https://${name}.example.com/` })
      if (outcome.kind !== 'created') throw new Error(outcome.message)
      return outcome.website
    },
    addValidator: (publicKey: string) => prisma.validator.create({ data: { publicKey } }),
    /** Closes a round at its deadline and resolves with the statements that it took. */
    close: (roundAt: number, verdicts: readonly TestVerdict[]) => {
      parts.clock.moveTo(Math.max(parts.clock.now(), roundAt + DEADLINE_MS))
      return closeTestRound(parts.store, testClosing(roundAt, verdicts))
    },
    closeAt: (closedAt: number, roundAt: number, verdicts: readonly TestVerdict[]) =>
      closeTestRound(parts.store, { ...testClosing(roundAt, verdicts), closedAt }),
    /** Closes a round a minute for one website, each at its deadline, and leaves the clock there. */
    async play(website: Website, letters: string): Promise<void> {
      for (const letter of letters) {
        const roundAt = Math.ceil((parts.clock.now() + 1) / MINUTE_MS) * MINUTE_MS
        parts.clock.moveTo(roundAt + DEADLINE_MS)
        await closeTestRound(parts.store, testClosing(roundAt, [{ website, letter }]))
        parts.bus.publish('roundEnded', { roundAt, deadlineAt: roundAt + DEADLINE_MS })
      }
    },
    incidentsOf: ({ no }: Website) => prisma.incident.findMany({ where: { websiteNo: no }, orderBy: { id: 'asc' } }),
    entriesOf: (incidentId: string) => prisma.incidentEvent.findMany({ where: { incidentId }, orderBy: { id: 'asc' } }),
  }
}

/** A round as its closing hands it on. */
export function testClosing(roundAt: number, verdicts: readonly TestVerdict[]): RoundClosing {
  const deadlineAt = roundAt + DEADLINE_MS
  return { roundAt, deadlineAt, closedAt: deadlineAt, intervalMs: MINUTE_MS, verdicts: verdicts.map(testVerdict) }
}

function testVerdict({ website, letter, answers = [] }: TestVerdict): ClosingVerdict {
  const failures = FAILURE_CLASSES.map((name) => answers.filter(({ failure }) => failure === name).length)
  return {
    website,
    status: STATUSES[letter.toUpperCase()] ?? 'Inconclusive',
    inMaintenance: letter !== letter.toUpperCase(),
    startsAfterMs: 0,
    lastsMs: MINUTE_MS,
    failures: failures.some((count) => count > 0) ? failures : [],
    goodLatenciesUs: [],
    answers: () => answers,
  }
}

/** What a validator said: Good without a failure. */
export function testAnswer(validatorNo: number, failure: FailureClass | null = null): ClosingAnswer {
  const status = failure === null ? 'Good' : 'Bad'
  return { validatorNo, status, failure, latencyUs: failure === null ? 120_000 : null, setAside: false }
}

async function closeTestRound(store: Pick<Store, 'transaction'>, closing: RoundClosing): Promise<string[]> {
  return store.transaction(async (sql) => {
    const statements: string[] = []
    const query: Sql['query'] = (text, parameters) => {
      statements.push(text)
      return sql.query(text, parameters)
    }
    await advanceIncidents({ ...sql, query }, closing)
    return statements
  })
}

/** The schema as far as this room makes it. */
export function createTestSchema() {
  const builder = createBuilder()
  const refs = { ...addWebsiteGraph(builder), ...addValidatorGraph(builder), ...addTickEnums(builder) }
  addIncidentGraph(builder, refs)
  return builder.toSchema()
}

/** Everything that incidents are made of, to compare before and after. */
export async function storedIncidents({ store: { prisma } }: Pick<TestParts, 'store'>) {
  return {
    runs: await prisma.websiteRun.findMany({ orderBy: { websiteNo: 'asc' } }),
    incidents: await prisma.incident.findMany({ orderBy: { id: 'asc' } }),
    events: await prisma.incidentEvent.findMany({ orderBy: { id: 'asc' } }),
    deliveries: await prisma.delivery.findMany({ orderBy: { id: 'asc' } }),
  }
}
