import { v7 as uuid } from 'uuid'
import type { Website } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { type Check, DEFAULT_CHECK } from '../protocol/check.js'
import { checkFault } from '../protocol/check-fault.js'
import { appendChange } from './append-change.js'
import { appendCheck } from './append-check.js'
import { type CheckChanges, mergeCheck } from './merge-check.js'
import { everyRoundsFault } from './every-rounds-fault.js'
import { readTargetUrl, type TargetUrlRefusal } from '../target/read-target-url.js'
import {
  DEFAULT_VERDICT_SETTINGS,
  judgeVerdictSettings,
  type VerdictSettings,
  type VerdictSettingsRefusal,
} from './verdict-settings.js'
import { judgeHost } from '../target/denied-hosts.js'
import { websiteNameFault } from './website-name-fault.js'

export interface NewWebsite extends Partial<VerdictSettings> {
  userId: string
  name: string
  url: string
  enabled?: boolean
  everyRounds?: number
  /** What differs from the protocol's default. */
  check?: CheckChanges
}

type CreateWebsiteRefusal =
  | 'INVALID_NAME'
  | TargetUrlRefusal
  | 'DENIED_HOST'
  | 'INVALID_EVERY_ROUNDS'
  | 'INVALID_CHECK'
  | VerdictSettingsRefusal
export type CreateWebsiteResult = { kind: 'created'; website: Website } | Refusal<CreateWebsiteRefusal>

/** Registers a URL to be watched, for good: another URL is another website. */
export async function createWebsite(
  parts: Pick<Parts, 'store' | 'bus' | 'clock' | 'settings'>,
  input: NewWebsite,
): Promise<CreateWebsiteResult> {
  const { userId, enabled = true, everyRounds = 1 } = input
  const {
    minimumVotes = DEFAULT_VERDICT_SETTINGS.minimumVotes,
    badToOpen = DEFAULT_VERDICT_SETTINGS.badToOpen,
    goodToClose = DEFAULT_VERDICT_SETTINGS.goodToClose,
  } = input
  const url = readTargetUrl(input.url, parts.settings)
  const check = mergeCheck(DEFAULT_CHECK, input.check ?? {})
  const refusal =
    judge(input.name, url, everyRounds, check) ?? judgeVerdictSettings({ minimumVotes, badToOpen, goodToClose })
  if (refusal !== null) return refusal
  const denial = typeof url === 'string' ? await judgeHost(parts.store.sql, url) : null
  if (denial !== null) return denial

  const website = await parts.store.transaction(async (sql) => {
    const now = parts.clock.now()
    const [created] = await sql.query<Website>(
      `INSERT INTO "Website" (id, "userId", name, url, enabled, "everyRounds", "createdAt", "minimumVotes", "badToOpen", "goodToClose")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING *`,
      [
        uuid(),
        userId,
        input.name.trim(),
        url,
        enabled,
        everyRounds,
        new Date(now),
        minimumVotes,
        badToOpen,
        goodToClose,
      ],
    )
    if (!created) throw new Error('an insert returned no website')
    await appendCheck(sql, created, check, now)
    await appendChange(sql, created, now)
    return created
  })
  parts.bus.publish('websiteChanged', { websiteId: website.id, userId, cause: 'CREATED' })
  return { kind: 'created', website }
}

function judge(
  name: string,
  url: string | Refusal<TargetUrlRefusal>,
  everyRounds: number,
  check: Check,
): Refusal<CreateWebsiteRefusal> | null {
  const ofName = websiteNameFault(name)
  if (ofName !== null) return refuse('INVALID_NAME', ofName)
  if (typeof url !== 'string') return url
  const ofRounds = everyRoundsFault(everyRounds)
  if (ofRounds !== null) return refuse('INVALID_EVERY_ROUNDS', ofRounds)
  const ofCheck = checkFault(check)
  return ofCheck === null ? null : refuse('INVALID_CHECK', ofCheck)
}
