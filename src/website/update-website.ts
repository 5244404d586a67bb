import { describeInput } from '../audit/describe-input.js'
import { recordChange } from '../audit/record-change.js'
import type { Website } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { Faces } from '../store/store.js'
import { judgeHost } from '../target/denied-hosts.js'
import { appendChange } from './append-change.js'
import { appendCheck } from './append-check.js'
import { lockWebsite } from './lock-website.js'
import { websiteNotFound } from './not-found.js'
import { planUpdate, type WebsiteChanges, type WebsitePlan } from './plan-update.js'
import { readCheck } from './read-check.js'
import type { WebsiteSettingsRefusal } from './website-settings.js'

export interface WebsiteUpdate {
  id: string
  changes: WebsiteChanges
}

export type UpdateWebsiteResult =
  | { kind: 'updated'; website: Website }
  | Refusal<WebsiteSettingsRefusal | 'NOT_FOUND' | 'DENIED_HOST'>

/** Changes what an owner's website is called, its tags, when and how it is checked, and how its verdicts count. */
export async function updateWebsite(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  { id, changes }: WebsiteUpdate,
  action: 'updateWebsite' | 'updateWebsites' = 'updateWebsite',
): Promise<UpdateWebsiteResult> {
  const { userId } = actor
  const outcome = await store.change(async (faces) => {
    const website = await lockWebsite(faces.sql, userId, id)
    if (website === null) return websiteNotFound()
    const plan = planUpdate(website, await readCurrentCheck(faces, website), changes)
    if (plan.kind === 'refused') return plan
    const denial = !website.enabled && changes.enabled === true ? await judgeHost(faces.sql, website.url) : null
    if (denial !== null) return refuse(denial.reason, denial.message, 'enabled')
    if (plan.kind === 'nothing') return { kind: 'unchanged', website } as const
    // The clock is read under the lock, so that the changes of a website stand in the order of their instants.
    const now = clock.now()
    const updated = await carryOut(faces, plan, now)
    const detail = describeInput({ ...changes }, 'NAMES')
    await recordChange(faces.sql, actor, { at: now, action, subject: ['Website', id], detail })
    return { kind: 'updated', website: updated } as const
  })
  if (outcome.kind === 'unchanged') return { kind: 'updated', website: outcome.website }
  if (outcome.kind === 'updated') bus.publish('websiteChanged', { websiteId: id, userId, cause: 'UPDATED' })
  return outcome
}

async function readCurrentCheck({ prisma }: Faces, { id: websiteId, checkRevision: revision }: Website) {
  const row = await prisma.websiteCheck.findUnique({ where: { websiteId_revision: { websiteId, revision } } })
  return readCheck(row?.settings)
}

async function carryOut(faces: Faces, plan: Extract<WebsitePlan, { next: Website }>, now: number): Promise<Website> {
  const { id, name, tags, enabled, everyRounds, checkRevision, minimumVotes, badToOpen, goodToClose } = plan.next
  const website = await faces.prisma.website.update({
    where: { id },
    data: { name, tags, enabled, everyRounds, checkRevision, minimumVotes, badToOpen, goodToClose },
  })
  if (plan.kind === 'revise') await appendCheck(faces, website, plan.check, now)
  if (plan.kind !== 'adjust') await appendChange(faces, website, now)
  return website
}
