import { MINUTE_MS, SECOND_MS } from '../time.js'
import type { AgentEvent, RoundSummary } from './agent-event.js'
import { printableLine } from './printable-line.js'

export function describeEvent(event: AgentEvent): string {
  const line = LINES[event.event] as (event: AgentEvent) => string
  return line(event)
}

type Named<Name> = Extract<AgentEvent, { event: Name }>

const LINES: { [Name in AgentEvent['event']]: (event: Named<Name>) => string } = {
  STARTED: ({ publicKey, hub, proxy }) =>
    `validator ${publicKey}\nhub       ${hub}${proxy === null ? '' : `\nproxy     ${proxy} (to the hub only, not for checks)`}`,
  CONNECTED: ({ pendingPayouts }) =>
    `Connected to the hub. Balance ${pendingPayouts} lamports. Waiting for the next round.`,
  DISCONNECTED: ({ message, retryInMs }) => `${printableLine(message)} Trying again in ${waitText(retryInMs)}.`,
  CLOCK_OFF: ({ hubAheadMs }) =>
    `This machine's clock is ${waitText(Math.abs(hubAheadMs))} ${hubAheadMs > 0 ? 'behind' : 'ahead of'} the hub's: set it. Rounds follow the hub's clock all the same.`,
  CLOCK_RIGHT: () => "This machine's clock agrees with the hub's again.",
  TAKEN_OVER: () =>
    'Another agent with the same key has connected and gets the tasks. This one stands by and takes over when that leaves. To check from both places, give each a key of its own with --key.',
  NO_DENY_LIST: ({ hub }) => `The hub ${hub} has no deny-list: this validator keeps to its own alone.`,
  NO_BEACONS: ({ cause }) =>
    `${cause === 'TURNED_OFF' ? 'There are no beacons' : 'No beacon has answered from here'}: where no other website answers, a network that fails behind this machine shows as websites that are down. Set --beacons to hosts that answer from here.`,
  CANNOT_CHECK: ({ reason, message }) => `Cannot check (${reason}): ${printableLine(message)}`,
  CAN_CHECK_AGAIN: ({ reason }) => `Can check again (${reason} is over).`,
  CONCURRENCY: ({ to, message }) => `Checks at once: ${to}. ${printableLine(message)}`,
  TASKS_MALFORMED: ({ count }) => `The hub sent ${count} tasks that do not keep to the protocol. They get no answer.`,
  TICK_REJECTED: ({ roundAt, reason, message }) =>
    `${timeText(roundAt)}  rejected, ${printableLine(`${reason}: ${message}`)}`,
  TASK_UNANSWERED: ({ roundAt, url, message }) =>
    `${timeText(roundAt)}  not answered, ${printableLine(`${url}: ${message}`)}`,
  ROUND: roundText,
  STOPPING: () => 'Stopping: finishing the checks that run. Once more ends at once.',
  STOPPED: () => 'Stopped.',
}

function roundText(round: RoundSummary & { pendingPayouts: string | null }): string {
  const { websites, good, bad, medianLatencyUs, accepted, rejected, unanswered, unsent, pendingPayouts } = round
  const columns = [
    timeText(round.roundAt),
    `${websites} website${websites === 1 ? '' : 's'}`,
    `${good} good`,
    `${bad} bad`,
    ...(medianLatencyUs === null ? [] : [`median ${millisecondsText(medianLatencyUs)}`]),
    `accepted ${accepted}`,
    ...countsText('rejected', rejected),
    ...countsText('not answered', unanswered),
    ...(unsent === 0 ? [] : [`not sent ${unsent}`]),
    ...(pendingPayouts === null ? [] : [`balance ${pendingPayouts}`]),
  ]
  return columns.join('  ')
}

function countsText(name: string, counts: Partial<Record<string, number>>): string[] {
  const reasons = Object.entries(counts).map(([reason, count]) => `${count} ${printableLine(reason)}`)
  return reasons.length === 0 ? [] : [`${name} ${reasons.join(', ')}`]
}

function millisecondsText(durationUs: number): string {
  return `${durationUs < 10_000 ? (durationUs / 1000).toFixed(1) : Math.round(durationUs / 1000)} ms`
}

function timeText(instant: string): string {
  const date = new Date(instant)
  const parts = [date.getHours(), date.getMinutes(), ...(date.getSeconds() === 0 ? [] : [date.getSeconds()])]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

function waitText(milliseconds: number): string {
  if (milliseconds < SECOND_MS) return 'a moment'
  if (milliseconds < 2 * MINUTE_MS) return `${Math.round(milliseconds / SECOND_MS)} s`
  return `${Math.round(milliseconds / MINUTE_MS)} min`
}
