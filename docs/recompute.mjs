// Makes the verdicts of an export again from what was answered, the uptime from the verdicts, and what validators earned:
//   node docs/recompute.mjs <folder> [--from <instant>] [--to <instant>]
// The folder holds ticks.jsonl, rosters.jsonl, verdicts.jsonl and changes.jsonl, exported for the same websites and time.
// It needs no package but recompute-uptime.mjs beside it, and shares no code with the hub. Written after docs/verdicts.md and RFC 6962 §2.1.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { describeUptime, turnsSince } from './recompute-uptime.mjs'

/** What each rule decides is the same; the leaves under its root are in another order. */
const LEAF_ORDERS = {
  'networks-v1': (a, b) => a.validator_no - b.validator_no,
  'networks-v2': (a, b) => (keyNumber(a.public_key) < keyNumber(b.public_key) ? -1 : 1),
}
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const REWARD_RULE = 'flat-v1'
/** For so long more networks than today's still count. */
const MEMORY_MS = 15 * 60_000
const DAY_MS = 86_400_000
const FAILURES = ['dns', 'connect', 'tls', 'timeout', 'protocol', 'redirect', 'status', 'assertion']
/** Differences that are shown; the others are only counted. */
const SHOWN_MAX = 100

let differences = 0
function differ(place, what) {
  differences += 1
  if (differences <= SHOWN_MAX) process.stdout.write(`WRONG  ${place}  ${what}\n`)
}

async function* rowsOf(file) {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity })
  for await (const line of lines) yield JSON.parse(line)
}

/** The rows of a file by website and round, one group at a time: an export of any length fits. */
async function* groupsOf(file) {
  let group = null
  for await (const row of rowsOf(file)) {
    const place = `${row.website} ${row.round_at}`
    if (group?.place === place) group.rows.push(row)
    else {
      if (group) yield group
      // Sorted otherwise, what belongs together would not be found together.
      if (group && place < group.place) throw new Error(`${file} is not in the order that it was exported in`)
      group = { place, rows: [row] }
    }
  }
  if (group) yield group
}

/** Walks several files together: for each website and round what each of them has. */
async function* joined(...files) {
  const streams = files.map((file) => groupsOf(file))
  const next = await Promise.all(streams.map(async (stream) => (await stream.next()).value))
  for (;;) {
    const places = next.filter(Boolean).map((group) => group.place)
    if (places.length === 0) return
    const place = places.reduce((first, other) => (other < first ? other : first))
    const found = next.map((group) => (group?.place === place ? group.rows : []))
    for (const [index, rows] of found.entries()) if (rows.length > 0) next[index] = (await streams[index].next()).value
    yield [place, ...found]
  }
}

/** A key as a number: all have 32 bytes, so that these have the order of the bytes. */
function keyNumber(publicKey) {
  return [...publicKey].reduce((number, letter) => number * 58n + BigInt(BASE58.indexOf(letter)), 0n)
}

/** RFC 6962: neighbours are hashed together, and who is left alone goes up as he is. */
function rootOf(leaves) {
  let level = leaves.map((leaf) => Buffer.from(leaf ?? '', 'hex'))
  while (level.length > 1) {
    const above = []
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]]
      above.push(right ? createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest() : left)
    }
    level = above
  }
  return level[0]?.toString('hex') ?? null
}

/** What each network says: as most of its keys, and nothing on a tie. */
function votesOf(ticks, networkOf) {
  const votes = { good: 0, bad: 0, aside: 0 }
  const balances = new Map()
  const setAside = new Set()
  for (const tick of ticks) {
    const network = networkOf.get(tick.validator)
    balances.set(network, (balances.get(network) ?? 0) + (tick.status === 'Good' ? 1 : -1))
    if (tick.set_aside) setAside.add(network)
  }
  for (const [network, balance] of balances) {
    if (balance !== 0) votes[setAside.has(network) ? 'aside' : balance > 0 ? 'good' : 'bad'] += 1
  }
  return votes
}

/** A value that was measured, by its rank: never one between two. */
function percentileOf(values, percent) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(((sorted.length - 1) * percent) / 100)] ?? null
}

/** A verdict as it follows from the answers, from whom was asked, and from what was asked before. */
function decide(said, ticks, roster, recent) {
  const networkOf = new Map(roster.map((row) => [row.validator, row.network]))
  const networks = new Set(networkOf.values()).size
  const base = Math.max(networks, recent.max)
  // Before the first row nobody here knows how many there were: more is believed then, less never.
  const quorumBase = recent.isWhole ? base : Math.max(base, said.quorum_base)
  const least = Math.floor(quorumBase / 2) + 1
  // The owner may ask for more votes than that.
  const votesNeeded = Math.max(least, said.votes_needed)
  const votes = votesOf(ticks, networkOf)
  const status = votes.good >= votesNeeded ? 'Good' : votes.bad >= votesNeeded ? 'Bad' : 'Inconclusive'
  const good = ticks.filter((tick) => tick.status === 'Good')
  const latencies = good.map((tick) => tick.latency_us).filter((latency) => latency !== null)
  const counts = { Good: good.length, Bad: ticks.length - good.length }
  const contrary = { Good: 'Bad', Bad: 'Good' }
  const failures = FAILURES.map((name) => [
    `failures_${name}`,
    ticks.filter((tick) => tick.failure === name.toUpperCase()).length,
  ])
  return {
    check_revision: Math.max(...roster.map((row) => row.check_revision)),
    status,
    network_count: networks,
    quorum_base: quorumBase,
    votes_needed: votesNeeded,
    good_votes: votes.good,
    bad_votes: votes.bad,
    votes_set_aside: votes.aside,
    asked: networkOf.size,
    answered: ticks.length,
    agreed: counts[status] ?? 0,
    disagreed: counts[contrary[status]] ?? 0,
    median_latency_us: percentileOf(latencies, 50),
    // Verdicts that are older than this column have none to compare.
    p95_latency_us: said.p95_latency_us === null ? null : percentileOf(latencies, 95),
    ...Object.fromEntries(failures),
    root: ticks.length === 0 ? null : rootOf(ticks.toSorted(LEAF_ORDERS[said.rule]).map((tick) => tick.leaf)),
  }
}

function checkTicks(place, ticks, roster) {
  const askedOf = new Map(roster.map((row) => [row.validator, row]))
  for (const [index, tick] of ticks.entries()) {
    const before = ticks[index - 1]
    if (before && before.validator_no >= tick.validator_no)
      differ(place, `the tick of ${tick.validator} is out of order`)
    const asked = askedOf.get(tick.validator)
    if (!asked) differ(place, `${tick.validator} has answered without being asked`)
    else if (asked.network !== tick.network) differ(place, `${tick.validator} is in two networks`)
    else if (asked.public_key !== tick.public_key) differ(place, `${tick.validator} has two keys`)
  }
}

/** Adds what the answers earned: every one the same, as its round says. Rounds before rewards were recorded say nothing. */
function addEarnings(place, ticks, roster, earnings) {
  const [round] = roster
  const { reward_rule: rule = null, reward_lamports: reward = null } = round ?? {}
  if (rule !== null && rule !== REWARD_RULE) return differ(place, `paid by ${rule}, which this program does not know`)
  if (roster.some((row) => (row.reward_lamports ?? null) !== reward)) differ(place, 'the round pays in two ways')
  for (const tick of ticks) {
    const said = tick.reward_lamports ?? null
    if (said !== reward) differ(place, `an answer earns ${reward}, and that of ${tick.validator} ${said}`)
    const earned = earnings.get(tick.public_key) ?? { ticks: 0, lamports: 0n, unknown: 0 }
    earned.ticks += 1
    if (reward === null) earned.unknown += 1
    else earned.lamports += BigInt(reward)
    earnings.set(tick.public_key, earned)
  }
}

function reportEarnings(earnings) {
  for (const [publicKey, { ticks, lamports, unknown }] of earnings) {
    process.stdout.write(`${publicKey}  ticks ${ticks}  lamports ${lamports}  ticks of unknown reward ${unknown}\n`)
  }
}

/** Where a website's rows have got to. */
function newWebsite(id, since, window, changes) {
  const covered = {
    Good: 0,
    Bad: 0,
    Inconclusive: 0,
    maintenanceGood: 0,
    maintenanceBad: 0,
    maintenanceInconclusive: 0,
  }
  const from = window.from ?? since
  const span = { from, to: Math.max(from, window.to) }
  return { id, since, span, changes, rounds: [], coveredUntil: -Infinity, covered, verdicts: 0, undecided: 0 }
}

function checkVerdict(place, website, roundAt, verdicts, ticks, roster) {
  const [said] = verdicts
  if (verdicts.length > 1) differ(place, 'there is more than one verdict')
  if (!Object.hasOwn(LEAF_ORDERS, said.rule))
    return differ(place, `made by ${said.rule}, which this program does not know`)
  if (roster.length === 0) return differ(place, 'a verdict where nobody was asked')
  checkTicks(place, ticks, roster)
  website.rounds = website.rounds.filter((round) => round.at >= roundAt - MEMORY_MS)
  const recent = {
    max: Math.max(0, ...website.rounds.map((round) => round.networks)),
    isWhole: website.since <= roundAt - MEMORY_MS,
  }
  const made = decide(said, ticks, roster, recent)
  for (const [name, value] of Object.entries(made)) {
    if (said[name] !== value) differ(place, `${name} is ${value}, and the export says ${said[name]}`)
  }
  website.rounds.push({ at: roundAt, networks: made.network_count })
  const from = roundAt + said.starts_after_ms
  const to = from + said.lasts_ms
  const length = to - roundAt
  if (from < website.coveredUntil) differ(place, 'it stands for time that an earlier verdict stands for')
  const lengths = turnsSince(website.changes, roundAt).map((turns) => Math.min(turns * said.interval_ms, DAY_MS))
  if (!(said.starts_after_ms >= 0 && said.lasts_ms >= 0) || !lengths.includes(length)) {
    differ(place, `${length} ms is not until its next turn, nor a day`)
  }
  website.coveredUntil = Math.max(website.coveredUntil, to)
  website.verdicts += 1
  const lasts = Math.min(to, website.span.to) - Math.max(from, website.span.from)
  if (lasts > 0) website.covered[said.in_maintenance ? `maintenance${made.status}` : made.status] += lasts
}

const report = (website) => process.stdout.write(`${describeUptime(website)}\n`)

const instantOf = (text) => (text === undefined ? null : Date.parse(text))

/** The changes of each website, in their order. */
async function readChanges(file) {
  const changesOf = new Map()
  for await (const row of rowsOf(file)) changesOf.set(row.website, [...(changesOf.get(row.website) ?? []), row])
  return changesOf
}

/** Up to when anything is known: the next round may say otherwise. */
async function newestEnd(file) {
  let newest = -Infinity
  for await (const { round_at: roundAt, deadline_at: deadlineAt, interval_ms: intervalMs } of rowsOf(file)) {
    newest = Math.max(newest, Math.min(Date.parse(deadlineAt), Date.parse(roundAt) + intervalMs))
  }
  return newest
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: { type: 'string' }, to: { type: 'string' } },
  })
  const asked = { from: instantOf(values.from), to: instantOf(values.to) }
  if (positionals.length !== 1 || Number.isNaN(asked.from) || Number.isNaN(asked.to)) {
    throw new Error('usage: node docs/recompute.mjs <folder> [--from <instant>] [--to <instant>]')
  }
  const file = (kind) => path.join(positionals[0], `${kind}.jsonl`)
  const files = ['ticks', 'rosters', 'verdicts'].map(file)
  const changesOf = await readChanges(file('changes'))
  const window = { from: asked.from, to: asked.to ?? (await newestEnd(file('verdicts'))) }
  const earnings = new Map()
  const seen = new Set()
  let website = null
  for await (const [place, ticks, roster, verdicts] of joined(...files)) {
    const [id, text] = place.split(' ')
    const roundAt = Date.parse(text)
    if (website?.id !== id) {
      if (website) report(website)
      if (!changesOf.has(id)) differ(id, 'it is not in the log of changes')
      seen.add(id)
      website = newWebsite(id, roundAt, window, changesOf.get(id) ?? [])
    }
    if (roundAt >= website.span.from && roundAt < website.span.to) addEarnings(place, ticks, roster, earnings)
    // Whoever was asked about a website that was disabled before the round was closed has no verdict to agree with.
    if (verdicts.length === 0) website.undecided += 1
    else checkVerdict(place, website, roundAt, verdicts, ticks, roster)
  }
  if (website) report(website)
  else differ('', 'there is nothing in these files')
  // Those that nobody was asked about. Of deleted ones nothing but their log is exported.
  for (const [id, changes] of changesOf) {
    const since = Date.parse(changes[0].at)
    if (seen.has(id) || changes.at(-1).deleted || since >= window.to) continue
    report(newWebsite(id, since, window, changes))
  }
  reportEarnings(earnings)
  process.stdout.write(differences === 0 ? 'All verdicts follow from the answers.\n' : `${differences} differences.\n`)
  process.exitCode = differences === 0 ? 0 : 1
}

await main().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
})
