import type { Actor } from '../graph/actor.js'
import { TASKS_EVENT_MAX_CHARACTERS } from '../limits.js'
import { leaveOutUnproven } from '../ownership/leave-out-unproven.js'
import { hostNameOf } from '../protocol/host-name.js'
import { TASKS_PER_EVENT_MAX } from '../protocol/limits.js'
import type { TaskSource, ValidateTask } from '../session/task.js'
import type { HubKey } from '../store/hub-keys.js'
import { ensurePartitions } from '../store/partitions.js'
import { createDenialFinder, listDeniedHosts } from '../target/denied-hosts.js'
import { listRoundWebsites, type RoundWebsite } from '../website/list-round-websites.js'
import type { Assignment } from './assignment.js'
import { sealCallback } from './callback-id.js'
import { recordAssignment } from './record-assignment.js'
import { recordRound } from './record-round.js'
import type { RoundParts } from './round-parts.js'
import { roundTimes } from './round-times.js'
import { startOffset } from './start-offset.js'

export interface StartedRound {
  roundAt: Date
  deadlineAt: Date
  websiteCount: number
  /** Validators of this hub that are asked. */
  validatorCount: number
}

interface Dispatch {
  roundAt: Date
  deadlineAt: Date
  spreadMs: number
  key: HubKey
  websites: readonly RoundWebsite[]
  assignment: Assignment
  validatorNos: readonly number[]
}

export interface NewRound {
  roundAt: number
  intervalMs: number
  /** Whether this hub has tried before and failed, so that nobody was asked. */
  isAgain: boolean
}

/** Begun by this hub before, or too late to be answered. */
export type NotStarted = 'ALREADY_STARTED' | 'OVER'

/** Records whom this hub asks for what in a round, then gives every connected validator its tasks. Nobody is asked twice. */
export async function startRound(
  parts: RoundParts,
  actor: Actor,
  { roundAt, intervalMs, isAgain }: NewRound,
): Promise<StartedRound | NotStarted> {
  await ensurePartitions(parts.store, roundAt)
  const round = await recordRound(parts, roundAt, intervalMs)
  if (!round) return 'OVER'
  const allowed = await listDispatchable(parts)
  const validators = parts.sessions.list()
  if (parts.clock.now() >= round.deadlineAt.getTime()) {
    // A roster would say that they were asked and did not answer.
    parts.log.warn({ roundAt: round.roundAt }, 'a round was over before it had begun: nobody was asked')
    return 'OVER'
  }
  const recorded = await recordAssignment(parts, actor, round, { websites: allowed, validators, isAgain })
  if (typeof recorded === 'string') return recorded === 'KNOWN' ? 'ALREADY_STARTED' : 'OVER'
  const { websites, assignment, leftOut } = recorded
  if (leftOut.length > 0) tellLeftOut(parts, round.roundAt, leftOut)
  const key = await parts.keys.find(round.keyId)
  if (!key) throw new Error(`the hub key ${round.keyId} of the round is gone`)
  const { spreadMs } = roundTimes(parts.settings, roundAt, round.intervalMs)
  const dispatch: Dispatch = {
    ...round,
    spreadMs,
    key,
    websites,
    assignment,
    validatorNos: validators.map((session) => session.validatorNo),
  }
  for (const [index, session] of validators.entries()) {
    parts.sessions.send(session.validatorId, taskSource(dispatch, index))
  }
  const { deadlineAt } = round
  return { roundAt: round.roundAt, deadlineAt, websiteCount: websites.length, validatorCount: validators.length }
}

/** Enabled websites, due or not, that validators may be sent to. */
async function listDispatchable(parts: RoundParts): Promise<RoundWebsite[]> {
  const websites = await listRoundWebsites(parts)
  const findDenial = createDenialFinder(await listDeniedHosts(parts.store.sql))
  return leaveOutUnproven(
    parts,
    websites.filter(({ url }) => findDenial(url) === null),
  )
}

const NAMED_HOSTS_MAX = 5

function tellLeftOut({ bus, log }: RoundParts, roundAt: Date, leftOut: readonly RoundWebsite[]): void {
  const hosts = [...new Set(leftOut.map(({ url }) => hostNameOf(new URL(url))))].slice(0, NAMED_HOSTS_MAX)
  log.warn(
    { roundAt, websites: leftOut.length, hosts },
    'nobody was asked for some websites: OVERLAPS_HOST_BUDGET is less than the websites of their hosts',
  )
  bus.publish('websitesLeftOut', { count: leftOut.length })
}

/** What an owner has written is what makes a task large. */
function charactersOf({ url, check }: RoundWebsite): number {
  const headers = check.headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  return url.length + headers + (check.body?.length ?? 0) + (check.keyword?.length ?? 0)
}

function taskSource(dispatch: Dispatch, validatorIndex: number): TaskSource {
  const positions = dispatch.assignment.websitesOf(validatorIndex)[Symbol.iterator]()
  const validatorNo = dispatch.validatorNos[validatorIndex] ?? 0
  return {
    roundAt: dispatch.roundAt.getTime(),
    deadlineAt: dispatch.deadlineAt.getTime(),
    next() {
      const tasks: ValidateTask[] = []
      let characters = 0
      while (tasks.length < TASKS_PER_EVENT_MAX && characters < TASKS_EVENT_MAX_CHARACTERS) {
        const { done, value } = positions.next()
        if (done) break
        const website = dispatch.websites[value]
        if (!website) continue
        tasks.push(createTask(dispatch, website, validatorNo))
        characters += charactersOf(website)
      }
      return tasks
    },
  }
}

function createTask(dispatch: Dispatch, website: RoundWebsite, validatorNo: number): ValidateTask {
  const { roundAt, deadlineAt, key, spreadMs } = dispatch
  return {
    callbackId: sealCallback(key, {
      roundAt: roundAt.getTime(),
      deadlineAt: deadlineAt.getTime(),
      websiteNo: website.no,
      validatorNo,
      checkRevision: website.checkRevision,
    }),
    websiteId: website.id,
    url: website.url,
    roundAt,
    startAfterMs: startOffset(roundAt.getTime(), website.no, validatorNo, spreadMs),
    deadlineAt,
    check: website.check,
  }
}
