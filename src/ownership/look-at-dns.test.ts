import { describe, expect, it } from 'vitest'
import type { DnsAnswer } from '../testing/dial/dns-message.js'
import { serveDns } from '../testing/dial/serve-dns.js'
import { lookAtDns } from './look-at-dns.js'
import { ownershipToken } from './ownership-token.js'

const NAME = 'shop.example.com'
const LABELLED = `_overlaps-challenge.${NAME}`
const USER = '0193e6a0-0000-7000-8000-000000000001'
const OTHER_USER = '0193e6a0-0000-7000-8000-000000000002'
const TOKEN = ownershipToken(USER, NAME)

async function look(answers: Record<string, DnsAnswer>, timeoutMs?: number) {
  const dns = await serveDns((name) => answers[name] ?? 'NXDOMAIN')
  const claim = { dnsName: LABELLED, name: NAME, token: TOKEN }
  return { sighting: await lookAtDns(dns.createResolver(), claim, timeoutMs), asked: dns.asked.toSorted() }
}

describe('a TXT record', () => {
  it.each<[string, Record<string, DnsAnswer>]>([
    ['at the name of its own', { [LABELLED]: [TOKEN] }],
    ['at the host', { [NAME]: [TOKEN] }],
    ['among others', { [NAME]: ['v=spf1 -all', ownershipToken(OTHER_USER, NAME), TOKEN, 'x'.repeat(600)] }],
    ['while the other name is broken', { [LABELLED]: [TOKEN], [NAME]: 'SERVFAIL' }],
  ])('%s proves', async (_where, answers) => {
    expect(await look(answers)).toEqual({ sighting: { kind: 'SEEN' }, asked: expect.arrayContaining([LABELLED, NAME]) })
  })

  it.each<[string, Record<string, DnsAnswer>, string]>([
    ['that is not there', {}, `At ${LABELLED} there is none, at ${NAME} there is none.`],
    ['of none at that name', { [NAME]: [] }, 'there is none'],
    [
      'of another owner',
      { [LABELLED]: [ownershipToken(OTHER_USER, NAME)] },
      `there is one other, among them \`${ownershipToken(OTHER_USER, NAME)}\``,
    ],
    ['for another host', { [LABELLED]: [ownershipToken(USER, 'example.com')] }, 'is one other, among them'],
    ['with more behind it', { [LABELLED]: [`${TOKEN}x`, ` ${TOKEN}`] }, 'are 2 others, among them'],
    ['in capitals', { [LABELLED]: [TOKEN.toUpperCase()] }, 'there is one other'],
    ['of the host above', { 'example.com': [TOKEN], '_overlaps-challenge.example.com': [TOKEN] }, 'there is none'],
  ])('%s does not prove', async (_what, answers, words) => {
    const { sighting } = await look(answers)
    expect(sighting).toEqual({ kind: 'ABSENT', message: expect.stringContaining(words) })
    expect(sighting).toEqual({
      kind: 'ABSENT',
      message: expect.stringContaining(`There should be a TXT record \`${TOKEN}\` at ${LABELLED} or at ${NAME}.`),
    })
  })

  it('of a server that fails is not known', async () => {
    const { sighting } = await look({ [LABELLED]: 'SERVFAIL', [NAME]: [] })
    expect(sighting).toEqual({ kind: 'UNREACHABLE', message: expect.stringContaining('gave no answer (ESERVFAIL)') })
  })

  it('of a server that never answers is not waited for', async () => {
    const { sighting } = await look({ [LABELLED]: 'SILENCE', [NAME]: 'SILENCE' }, 300)
    expect(sighting).toEqual({ kind: 'UNREACHABLE', message: expect.stringContaining('gave no answer (ECANCELLED)') })
  })
})
