import { v7 as uuid } from 'uuid'
import { describeInput } from '../audit/describe-input.js'
import { recordChange } from '../audit/record-change.js'
import type { Website } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { inputFault, refuse, type Refusal, refuseAll } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import type { Faces } from '../store/store.js'
import { judgeHost } from '../target/denied-hosts.js'
import { readTargetUrl, type TargetUrlRefusal } from '../target/read-target-url.js'
import { appendChange } from './append-change.js'
import { appendCheck } from './append-check.js'
import { type CheckChanges, mergeCheck } from './merge-check.js'
import { DEFAULT_VERDICT_SETTINGS, type VerdictSettings } from './verdict-settings.js'
import { type WebsiteSettings, websiteSettingsFaults, type WebsiteSettingsRefusal } from './website-settings.js'
import { normaliseTags } from './website-tags.js'

export interface NewWebsite extends Partial<VerdictSettings> {
  name: string
  url: string
  tags?: readonly string[] | null | undefined
  enabled?: boolean
  everyRounds?: number
  /** What differs from the protocol's default. */
  check?: CheckChanges | null | undefined
}

export type CreateWebsiteResult =
  | { kind: 'created'; website: Website }
  | Refusal<WebsiteSettingsRefusal | TargetUrlRefusal | 'DENIED_HOST'>

/** Registers a URL to be watched, for good: another URL is another website. */
export async function createWebsite(
  parts: Pick<Parts, 'store' | 'bus' | 'clock' | 'settings'>,
  actor: OwnerActor,
  input: NewWebsite,
  action: 'createWebsite' | 'createWebsites' = 'createWebsite',
): Promise<CreateWebsiteResult> {
  const judged = judge(input, parts.settings)
  if (judged.kind === 'refused') return judged
  const denial = await judgeHost(parts.store.sql, judged.url)
  if (denial !== null) return refuse(denial.reason, denial.message, 'url')
  const website = await parts.store.change(async (faces) => {
    const now = parts.clock.now()
    const created = await insertWebsite(faces, actor.userId, judged, now)
    const detail = describeInput({ enabled: judged.enabled }, 'SWITCHES')
    await recordChange(faces.sql, actor, { at: now, action, subject: ['Website', created.id], detail })
    return created
  })
  parts.bus.publish('websiteChanged', { websiteId: website.id, userId: actor.userId, cause: 'CREATED' })
  return { kind: 'created', website }
}

interface Judged {
  kind: 'good'
  url: string
  enabled: boolean
  settings: WebsiteSettings
}

function judge(
  input: NewWebsite,
  terms: Parts['settings'],
): Judged | Refusal<WebsiteSettingsRefusal | TargetUrlRefusal> {
  const { minimumVotes, badToOpen, goodToClose, everyRounds = 1, enabled = true } = input
  const settings = {
    name: input.name.trim(),
    tags: input.tags ?? [],
    everyRounds,
    check: mergeCheck(DEFAULT_CHECK, input.check ?? {}),
    minimumVotes: minimumVotes ?? DEFAULT_VERDICT_SETTINGS.minimumVotes,
    badToOpen: badToOpen ?? DEFAULT_VERDICT_SETTINGS.badToOpen,
    goodToClose: goodToClose ?? DEFAULT_VERDICT_SETTINGS.goodToClose,
  }
  const url = readTargetUrl(input.url, terms)
  const faults = websiteSettingsFaults(settings)
  if (typeof url === 'string') return refuseAll(faults) ?? { kind: 'good', url, enabled, settings }
  const ofUrl = inputFault(url.reason, url.message, 'url')
  return { kind: 'refused', ...ofUrl, faults: [ofUrl, ...faults] }
}

async function insertWebsite(
  faces: Faces,
  userId: string,
  { url, enabled, settings: { check, tags, ...columns } }: Judged,
  now: number,
): Promise<Website> {
  const website = await faces.prisma.website.create({
    data: { id: uuid(), userId, url, enabled, ...columns, tags: normaliseTags(tags), createdAt: new Date(now) },
  })
  await appendCheck(faces, website, check, now)
  await appendChange(faces, website, now)
  return website
}
