import { randomUUID } from 'node:crypto'
import type { Website } from '../../generated/prisma/client.js'
import type { WebsiteStatus } from '../../protocol/tick.js'
import { MINUTE_MS } from '../../time.js'
import type { TestTemplate } from '../test-template.js'
import { createTestHistory, type TestAnswer, type TestValidator } from '../tick/history.js'
import { createTurnstile } from '../../turnstile.js'
import { closeDueRounds } from '../../verdict/close-due-rounds.js'
import type { ClosingStep } from '../../verdict/round-closing.js'

/** Whom a hub asked for what; without networks, each key is its own. */
export interface TestRoster {
  websites: readonly Website[]
  validators: readonly TestValidator[]
  networks?: readonly string[]
  hubId?: string
}

/** A hub's records with rosters, and the way to close rounds over them. */
export async function createTestRounds(template: TestTemplate) {
  const history = await createTestHistory(template)
  const { store, clock, log } = history.parts
  const addRoster = async (roundAt: number, { websites, validators, networks, hubId }: TestRoster) => {
    const [sites, members] = [ordered(websites), ordered(validators)]
    await store.prisma.roundRoster.create({
      data: {
        roundAt: new Date(roundAt),
        hubId: hubId ?? randomUUID(),
        rule: 'all-to-all-v1',
        seed: new Date(roundAt).toISOString(),
        websiteNos: sites.map(({ no }) => no),
        checkRevisions: sites.map(({ checkRevision }) => checkRevision),
        validatorNos: members.map(({ no }) => no),
        networks: members.map((member) => networks?.[validators.indexOf(member)] ?? `key:${member.no}`),
      },
    })
  }
  const close = (steps: readonly ClosingStep[] = [], of = store) =>
    closeDueRounds({ store: of, clock, log, steps, turnstile: createTurnstile() })
  return {
    ...history,
    addRoster,
    close,
    /** A round that everybody in the roster was asked in, with what each said of each website; null is silence. */
    async addRound(
      roundAt: number,
      roster: TestRoster,
      said: (website: number, validator: number) => Said = () => 'Good',
    ) {
      await history.addRounds([roundAt])
      await addRoster(roundAt, roster)
      for (const [at, validator] of roster.validators.entries()) {
        const answers = roster.websites.flatMap((website, of): TestAnswer[] => {
          const one = said(of, at)
          return one === null ? [] : [{ website, roundAt, ...(typeof one === 'string' ? { status: one } : one) }]
        })
        if (answers.length > 0) await history.submit(validator, answers.length === 1 ? 'single' : 'batch', answers)
      }
    },
    /** Moves the clock behind a round's deadline and closes what is due. */
    async closeAfter(roundAt: number, steps: readonly ClosingStep[] = []) {
      clock.moveTo(roundAt + MINUTE_MS - 1)
      await close(steps)
    },
    verdictsOf: (website: Pick<Website, 'no'>) =>
      store.prisma.verdict.findMany({ where: { websiteNo: website.no }, orderBy: { roundAt: 'asc' } }),
  }
}

export type Said = WebsiteStatus | Omit<TestAnswer, 'website' | 'roundAt'> | null

function ordered<Item extends { no: number }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => a.no - b.no)
}
