import { describe, expect, it } from 'vitest'
import { nowOf, stateNow, type NowOf } from './now'

const AT = '2026-12-01T14:05:00.000Z'

type Verdict = NonNullable<NowOf['verdict']>

function verdict(change: Partial<Verdict> = {}): Verdict {
  return {
    roundAt: AT,
    to: '2026-12-01T14:06:00.000Z',
    status: 'Good',
    inMaintenance: false,
    inconclusiveReason: null,
    confidence: 'QUORUM',
    asked: 8,
    answered: 7,
    networkCount: 7,
    quorumBase: 7,
    votesNeeded: 4,
    goodVotes: 6,
    badVotes: 1,
    votesSetAside: 0,
    medianLatencyUs: 40_000,
    failures: [],
    ...change,
  }
}

function website(change: Partial<NowOf> = {}): NowOf {
  return {
    id: '1',
    name: 'Shop',
    url: 'https://shop.example.com/',
    enabled: true,
    status: 'Good',
    inMaintenance: false,
    tags: [],
    createdAt: AT,
    everyRounds: 1,
    badToOpen: 2,
    deniedReason: null,
    hostBudget: null,
    openIncident: null,
    verdict: verdict(),
    badTicks: { edges: [] },
    ownership: { host: 'shop.example.com', withheld: false },
    incidents: { edges: [] },
    ...change,
  }
}

const openIncident = { id: '9', startedAt: '2026-12-01T14:03:00.000Z', failure: 'TLS' as const }

describe('what is true now', () => {
  it('says first why nobody checks it, whatever was seen last', () => {
    const withheld = { host: 'shop.example.com', withheld: true }
    expect(nowOf(website({ enabled: false, deniedReason: 'no', ownership: withheld })).kind).toBe('DISABLED')
    expect(nowOf(website({ deniedReason: 'no', ownership: withheld }))).toEqual({ kind: 'DENIED', reason: 'no' })
    expect(nowOf(website({ ownership: withheld }))).toEqual({ kind: 'WITHHELD', host: 'shop.example.com' })
  })

  it('waits for the first round', () => {
    expect(nowOf(website({ verdict: null, status: null, everyRounds: 5 }))).toEqual({ kind: 'WAITING', everyRounds: 5 })
  })

  it('does not take an old verdict for now', () => {
    expect(nowOf(website({ status: null }))).toEqual({ kind: 'STALE', since: '2026-12-01T14:06:00.000Z' })
  })

  it('is Bad since its incident began, with the votes and the cause of the newest round', () => {
    const node = { roundAt: AT, failure: 'TLS' as const, detail: 'CERT_HAS_EXPIRED', httpStatus: null }
    const now = nowOf(
      website({
        status: 'Bad',
        openIncident,
        verdict: verdict({ status: 'Bad', goodVotes: 2, badVotes: 5, failures: [{ failure: 'TLS', count: 5 }] }),
        badTicks: { edges: [{ node }] },
      }),
    )
    expect(now).toMatchObject({
      kind: 'BAD',
      incidentSince: openIncident.startedAt,
      seen: { bad: 5, networks: 7 },
      cause: { failure: 'TLS', detail: 'CERT_HAS_EXPIRED' },
    })
  })

  it('keeps an open incident in mind while it is Good again or Inconclusive', () => {
    expect(nowOf(website({ openIncident }))).toMatchObject({ kind: 'GOOD', incidentSince: openIncident.startedAt })
    const inconclusive = verdict({ status: 'Inconclusive', inconclusiveReason: 'DISAGREEMENT' })
    expect(nowOf(website({ openIncident, status: null, verdict: inconclusive }))).toMatchObject({
      kind: 'INCONCLUSIVE',
      reason: 'DISAGREEMENT',
      incidentSince: openIncident.startedAt,
    })
  })

  it('has the mark of maintenance only where something is seen', () => {
    expect(stateNow(nowOf(website()), true)).toBe('MAINTENANCE')
    expect(stateNow(nowOf(website({ verdict: null })), true)).toBe('NO_DATA')
    expect(stateNow(nowOf(website({ enabled: false })), true)).toBe('DISABLED')
  })
})
