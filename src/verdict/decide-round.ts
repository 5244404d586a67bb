import { type PackedClaims, selectClaims } from '../abstention/packed-claims.js'
import { findClaimedWebsites, readClaims } from '../abstention/read-claims.js'
import type { Parts } from '../parts.js'
import { treeHash } from '../protocol/tree-hash.js'
import type { Turnstile } from '../turnstile.js'
import { type AnswerCounts, countAnswers } from './count-answers.js'
import { createOfflineTest } from './offline-networks.js'
import { createPace } from '../pace.js'
import { answerCount, leafPlaceAt, type PackedAnswers, statusAt, validatorNoAt } from './packed-answers.js'
import { type Leaves, readAnswers, readLeaves } from './read-answers.js'
import { type BallotWebsite, readBallotWebsites } from './read-ballot-websites.js'
import { readKeyPlaces } from './read-key-places.js'
import { type Asked, type AskedWebsite, readRoster } from './read-roster.js'
import type { SealedRound } from './seal-round.js'
import { takingTurns } from './taking-turns.js'
import { type CountedAnswer, type Decision, decideVerdict, networkVotes, type Votes } from './vote-rule.js'

export interface DecidedVerdict {
  websiteNo: number
  checkRevision: number
  asked: Asked
  decision: Decision
  counts: AnswerCounts
  /** Of the leaves of its ticks, in the order of the validators' public keys as bytes; null without any. */
  root: Buffer | null
  answers: PackedAnswers
  /** What was claimed by those asked who then did not answer. */
  claims: PackedClaims
}

export interface DecidedRound {
  verdicts: readonly DecidedVerdict[]
  setAside: ReadonlySet<string>
}

/** Answers in a turn of the event loop, each some milliseconds. */
const COUNTED_PER_TURN_MAX = 5_000
const HASHED_PER_TURN_MAX = 1_000

type DecidingParts = Pick<Parts, 'store' | 'log'> & { turnstile: Turnstile }

interface Candidate {
  website: AskedWebsite
  ballot: BallotWebsite
  answers: PackedAnswers
  claims: PackedClaims
  votes: Votes
}

interface Sources {
  /** By submission, how many of the answers it brought. */
  submissions: Map<number, number>
  validators: Set<number>
}

interface Proofs {
  leaves: Leaves
  /** Of a validator in the order of the public keys, by its number. */
  placeOf: ReadonlyMap<number, number>
}

/** Decides on every website that is enabled now: outside of any transaction, for the round is sealed, and giving way to others. */
export async function decideRound(parts: DecidingParts, round: SealedRound): Promise<DecidedRound> {
  const store = { ...parts.store, sql: takingTurns(parts.store.sql, parts.turnstile) }
  const asked = await readRoster(store.sql, round.roundAt)
  const ballots = await readBallotWebsites(store, round.roundAt, asked)
  const claimed = await findClaimedWebsites(store.sql, round.roundAt)
  const candidates: Candidate[] = []
  const countingPace = createPace(parts.turnstile, COUNTED_PER_TURN_MAX)
  const hashingPace = createPace(parts.turnstile, HASHED_PER_TURN_MAX)
  const offline = createOfflineTest()
  const sources: Sources = { submissions: new Map(), validators: new Set() }
  for (const chunk of inChunks(asked, store.rowsPerStatementMax)) {
    const websites = chunk.filter(({ no }) => ballots.has(no))
    const nos = websites.map(({ no }) => no)
    const answersOf = await readAnswers(store, round.roundAt, nos)
    const claimsOf = await readClaims(
      store.sql,
      round.roundAt,
      nos.filter((no) => claimed.has(no)),
    )
    for (const website of websites) {
      const ballot = ballots.get(website.no)
      if (!ballot) continue
      const answers = answersOf.get(website.no) ?? Buffer.alloc(0)
      await countingPace(answerCount(answers))
      const votes = networkVotes(countedAnswers(answers, website.asked))
      offline.count({ host: ballot.host, votes })
      addSources(answers, sources)
      const claims = claimsOfSilent(claimsOf.get(website.no), answers, website.asked)
      candidates.push({ website, ballot, answers, claims, votes })
    }
  }
  const proofs: Proofs = {
    leaves: await readLeaves(store, round.roundAt, sources.submissions),
    placeOf: await readKeyPlaces(store, sources.validators),
  }
  const setAside = offline.networks()
  const verdicts: DecidedVerdict[] = []
  for (const candidate of candidates) {
    await hashingPace(answerCount(candidate.answers))
    verdicts.push(decideOne(parts, candidate, setAside, proofs))
  }
  return { verdicts, setAside }
}

function decideOne(
  { log }: Pick<Parts, 'log'>,
  { website, ballot, answers, claims, votes }: Candidate,
  setAside: ReadonlySet<string>,
  proofs: Proofs,
): DecidedVerdict {
  const { no, checkRevision, asked } = website
  const { recentNetworksMax, minimumVotes } = ballot
  const decision = decideVerdict({ votes, networks: asked.networkCount, recentNetworksMax, minimumVotes }, setAside)
  const root = rootOf(answers, proofs)
  // It must not keep the round, and with it all later ones, from being closed.
  if (root === 'MISSING') log.error({ websiteNo: no }, 'the leaf or the key of a stored tick is not there')
  return {
    websiteNo: no,
    checkRevision,
    asked,
    decision,
    counts: countAnswers(answers, decision.status),
    root: root === 'MISSING' ? null : root,
    answers,
    claims,
  }
}

const NO_CLAIMS = Buffer.alloc(0)

function claimsOfSilent(claims: PackedClaims | undefined, answers: PackedAnswers, { networkOf }: Asked): PackedClaims {
  if (!claims) return NO_CLAIMS
  const answered = new Set<number>()
  for (let index = 0; index < answerCount(answers); index++) answered.add(validatorNoAt(answers, index))
  return selectClaims(claims, (no) => networkOf.has(no) && !answered.has(no))
}

/** A tick of somebody who is on no roster cannot be; it would have no network to vote in. */
function* countedAnswers(answers: PackedAnswers, { networkOf }: Asked): Iterable<CountedAnswer> {
  for (let index = 0; index < answerCount(answers); index++) {
    const network = networkOf.get(validatorNoAt(answers, index))
    if (network !== undefined) yield { network, status: statusAt(answers, index) }
  }
}

function addSources(answers: PackedAnswers, { submissions, validators }: Sources): void {
  for (let index = 0; index < answerCount(answers); index++) {
    const { submissionId } = leafPlaceAt(answers, index)
    submissions.set(submissionId, (submissions.get(submissionId) ?? 0) + 1)
    validators.add(validatorNoAt(answers, index))
  }
}

function rootOf(answers: PackedAnswers, { leaves, placeOf }: Proofs): Buffer | null | 'MISSING' {
  if (answers.length === 0) return null
  const count = answerCount(answers)
  // Place and index in one number, exact in a double: so a million answers are sorted in a fraction of a second.
  const order = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const place = placeOf.get(validatorNoAt(answers, index))
    if (place === undefined) return 'MISSING'
    order[index] = place * count + index
  }
  const hashes: Buffer[] = []
  for (const both of order.sort()) {
    const leaf = leaves.find(leafPlaceAt(answers, both % count))
    if (leaf === null) return 'MISSING'
    hashes.push(leaf)
  }
  return treeHash(hashes)
}

function* inChunks(websites: readonly AskedWebsite[], answersMax: number): Iterable<AskedWebsite[]> {
  let chunk: AskedWebsite[] = []
  let answers = 0
  for (const website of websites) {
    const most = website.asked.networkOf.size
    if (chunk.length > 0 && answers + most > answersMax) {
      yield chunk
      chunk = []
      answers = 0
    }
    chunk.push(website)
    answers += most
  }
  if (chunk.length > 0) yield chunk
}
