import type { Website } from '../generated/prisma/client.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { Sql } from '../store/store.js'
import { appendChange } from './append-change.js'
import { appendCheck } from './append-check.js'
import { judgeHost } from '../target/denied-hosts.js'
import { lockWebsite } from './lock-website.js'
import { websiteNotFound } from './not-found.js'
import { planUpdate, type WebsiteChanges, type WebsitePlan } from './plan-update.js'
import { readCheck } from './read-check.js'
import type { VerdictSettingsRefusal } from './verdict-settings.js'

export interface WebsiteUpdate {
  userId: string
  id: string
  changes: WebsiteChanges
}

type UpdateWebsiteRefusal =
  | 'NOT_FOUND'
  | 'DENIED_HOST'
  | 'INVALID_NAME'
  | 'INVALID_EVERY_ROUNDS'
  | 'INVALID_CHECK'
  | VerdictSettingsRefusal
export type UpdateWebsiteResult = { kind: 'updated'; website: Website } | Refusal<UpdateWebsiteRefusal>

/** Changes what an owner's website is called, when it is checked and how, and how its verdicts are counted. */
export async function updateWebsite(
  parts: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { userId, id, changes }: WebsiteUpdate,
): Promise<UpdateWebsiteResult> {
  const outcome = await parts.store.transaction(async (sql) => {
    const website = await lockWebsite(sql, userId, id)
    if (website === null) return websiteNotFound()
    const plan = planUpdate(website, await readCurrentCheck(sql, website), changes)
    if (plan.kind === 'refused') return plan
    const denial = !website.enabled && changes.enabled === true ? await judgeHost(sql, website.url) : null
    if (denial !== null) return denial
    if (plan.kind === 'nothing') return { kind: 'unchanged', website } as const
    // The clock is read under the lock, so that the changes of a website stand in the order of their instants.
    await carryOut(sql, plan, parts.clock.now())
    return { kind: 'updated', website: plan.next } as const
  })
  if (outcome.kind === 'unchanged') return { kind: 'updated', website: outcome.website }
  if (outcome.kind === 'updated') parts.bus.publish('websiteChanged', { websiteId: id, userId, cause: 'UPDATED' })
  return outcome
}

async function readCurrentCheck(sql: Sql, website: Website) {
  const [row] = await sql.query<{ settings: unknown }>(
    `SELECT settings FROM "WebsiteCheck" WHERE "websiteId" = $1 AND revision = $2`,
    [website.id, website.checkRevision],
  )
  return readCheck(row?.settings)
}

async function carryOut(sql: Sql, plan: Extract<WebsitePlan, { next: Website }>, now: number): Promise<void> {
  const { id, name, enabled, everyRounds, checkRevision, minimumVotes, badToOpen, goodToClose } = plan.next
  await sql.query(
    `UPDATE "Website" SET name = $2, enabled = $3, "everyRounds" = $4, "checkRevision" = $5,
       "minimumVotes" = $6, "badToOpen" = $7, "goodToClose" = $8 WHERE id = $1`,
    [id, name, enabled, everyRounds, checkRevision, minimumVotes, badToOpen, goodToClose],
  )
  if (plan.kind === 'revise') await appendCheck(sql, plan.next, plan.check, now)
  if (plan.kind !== 'adjust') await appendChange(sql, plan.next, now)
}
