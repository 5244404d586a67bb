import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { WebsiteStatus } from '../protocol/tick.js'
import { HOST_BUDGET, writeBudgetSeed } from '../round/host-budget.js'
import { reliabilityRatio } from './find-reliability.js'
import { findOfflineNetworks } from '../testing/verdict/find-offline-networks.js'
import {
  confidenceOf,
  type CountedAnswer,
  decideVerdict,
  networkVotes,
  VERDICT_RULE,
  votesNeededOf,
} from './vote-rule.js'

const text = await readFile('docs/verdicts.md', 'utf8')

/** The rows of the document's table with these columns. */
function table(columns: string): string[][] {
  const lines = text.split('\n')
  const head = lines.indexOf(`| ${columns} |`)
  const rows = lines.slice(head + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

/** `a+- b·`: two keys in network a, and one in b that said nothing. */
function readAnswers(cell: string): { answers: CountedAnswer[]; networks: number } {
  const networks = cell.split(' ')
  const statusOf: Record<string, WebsiteStatus> = { '+': 'Good', '-': 'Bad' }
  const answers = networks.flatMap(([network = '', ...signs]) =>
    signs.flatMap((sign) => (statusOf[sign] ? [{ network, status: statusOf[sign] }] : [])),
  )
  return { answers, networks: networks.length }
}

describe('the document', () => {
  it('names the rule', () => {
    expect(text).toContain(`The rule is called \`${VERDICT_RULE}\``)
    expect(table('rule | decides | `root` is in the order of')[0]?.[0]).toBe(VERDICT_RULE)
  })

  const needs = table('N | minimumVotes | votes needed')
  it.each(needs)('needs of N = %s with a minimum of %s: %s', (quorumBase, minimumVotes, needed) => {
    expect(votesNeededOf(Number(quorumBase), Number(minimumVotes))).toBe(Number(needed))
  })

  const examples = table(
    'example | answers | before | minimumVotes | N | needed | Good votes | Bad votes | verdict | confidence',
  )
  it.each(examples)('%s: %s', (_name, cell = '', before, minimumVotes, ...expected) => {
    const { answers, networks } = readAnswers(cell)
    const decision = decideVerdict(
      {
        votes: networkVotes(answers),
        networks,
        recentNetworksMax: Number(before),
        minimumVotes: Number(minimumVotes),
      },
      new Set(),
    )
    const { quorumBase, votesNeeded, goodVotes, badVotes, status } = decision
    expect([...[quorumBase, votesNeeded, goodVotes, badVotes].map(String), status, confidenceOf(decision)]).toEqual(
      expected,
    )
  })

  const wholeRounds = table(
    'example | answers on each website | websites | hosts | set aside | Good votes | Bad votes | votes set aside | verdict',
  )
  it.each(wholeRounds)('%s: %s', (_name, cell = '', websites, hosts, ...expected) => {
    const { answers, networks } = readAnswers(cell)
    const votes = networkVotes(answers)
    const offline = findOfflineNetworks(
      Array.from({ length: Number(websites) }, (_, index) => ({ host: `host-${index % Number(hosts)}`, votes })),
    )
    const { goodVotes, badVotes, votesSetAside, status } = decideVerdict(
      { votes, networks, recentNetworksMax: 0, minimumVotes: 1 },
      offline,
    )
    const names = offline.size === 0 ? 'none' : [...offline].sort().join(' ')
    expect([names, ...[goodVotes, badVotes, votesSetAside].map(String), status]).toEqual(expected)
  })

  const ratios = table('agreed | disagreed | missed | late | ratio')
  it.each(ratios)('reliability of %s, %s, %s, %s is %s', (agreed, disagreed, missed, late, ratio) => {
    expect(String(reliabilityRatio(Number(agreed), Number(disagreed) + Number(missed) + Number(late)))).toBe(ratio)
  })

  it('has all of its examples run', () => {
    expect([needs.length, examples.length, wholeRounds.length, ratios.length]).toEqual([9, 15, 8, 5])
  })
})

describe('whom a round asks', () => {
  const rows = table('validators | each | turn | website 1 | website 2')

  it('has examples', () => expect(rows.length).toBeGreaterThan(5))

  it.each(rows)('%s, of whom %s are asked in turn %s: %s and %s', (validators, each, turn, ...asked) => {
    const names = validators.split(' ')
    const websites = [1, 2]
    const hosts = [{ each: Number(each), websites }]
    const { validatorsOf } = HOST_BUDGET.assign({
      websiteNos: websites,
      validatorNos: names.map((name) => Number(name.slice(1))),
      networks: names.map((name) => name.slice(0, 1)),
      seed: writeBudgetSeed({ roundAt: '2026-11-22T12:00:00.000Z', perMinute: 5, turn: Number(turn), hosts }),
    })
    const chosen = websites.map((_, website) => (validatorsOf(website) ?? []).map((position) => names[position]))
    expect(chosen.map((of) => of.join(' '))).toEqual(asked)
  })
})
