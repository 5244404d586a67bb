import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { FAILURE_CLASSES, type Measurement } from '../protocol/tick.js'
import { leafHash } from '../protocol/tree-hash.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playOneTask, type TestMember } from '../testing/test-round.js'
import { answer, createWebsites, statementOf, submitBatch, submitOne } from '../testing/test-validator.js'

let hub: TestHub
let member: TestMember
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 1)
  member = await joinHub(hub)
})
afterAll(() => hub.close())

const FULL = {
  status: 'Good',
  failure: null,
  detail: 'A_9',
  httpStatus: 999,
  remoteAddress: '0000:0000:0000:0000:0000:ffff:203.0.113.254',
  latencyUs: 2_147_483_647,
  dnsUs: 0,
  connectUs: 1,
  tlsUs: 2_147_483_646,
  firstByteUs: 3,
} as const satisfies Partial<Measurement>

const FIELDS = `checkedAt status failure detail httpStatus remoteAddress latencyUs dnsUs connectUs tlsUs firstByteUs
  certificateExpiresAt`

const CASES: [string, Partial<Measurement>][] = [
  ['everything', { ...FULL, certificateExpiresAt: '2031-12-31T23:59:59.999Z' }],
  [
    'as little as can be',
    {
      detail: null,
      httpStatus: null,
      remoteAddress: null,
      latencyUs: 0,
      dnsUs: null,
      connectUs: null,
      firstByteUs: null,
    },
  ],
  ['a detail of 40', { detail: 'Z'.repeat(40), httpStatus: 100 }],
  [
    'the first instants there are',
    { checkedAt: '0001-01-01T00:00:00.000Z', certificateExpiresAt: '0001-01-01T00:00:00.001Z' },
  ],
  [
    'the last instants there are',
    { checkedAt: '9999-12-31T23:59:59.999Z', certificateExpiresAt: '9999-12-31T23:59:59.998Z' },
  ],
  ['instants before 1970', { checkedAt: '1969-12-31T23:59:59.999Z', certificateExpiresAt: '1582-10-10T00:00:00.123Z' }],
  ...FAILURE_CLASSES.map((failure): [string, Partial<Measurement>] => [
    `a failure ${failure}`,
    { status: 'Bad', failure, latencyUs: null, checkedAt: '2026-11-22T13:00:00.123Z' },
  ]),
]

describe.each(['submitTick', 'submitTicks'])('%s stores and shows, unchanged,', (way) => {
  it.each(CASES)('%s', async (_name, measured) => {
    const [task] = await playOneTask(hub, member)
    if (!task) throw new Error('no task')
    const tick = answer(task, measured)
    const result =
      way === 'submitTick' ? await submitOne(hub, member, task, tick) : await submitBatch(hub, member, [{ task, tick }])
    expect([result.message, result.rejected ?? []]).toEqual([undefined, []])

    const { callbackId, checkHash, leaf: _leaf, ...sent } = tick
    const [row] = await hub.parts.store.sql.query<{ checked: string; certificate: string; text: string }>(
      `SELECT to_json(t)::text AS text, extract(epoch FROM "checkedAt")::text AS checked,
         extract(epoch FROM "certificateExpiresAt")::text AS certificate
       FROM "WebsiteTick" t WHERE "roundAt" = $1::timestamptz`,
      [task.roundAt],
    )
    const { checkedAt, certificateExpiresAt, ...others } = sent
    expect(JSON.parse(row?.text ?? '')).toMatchObject(others)
    expect(Number(row?.checked)).toBe(Date.parse(checkedAt) / 1000)
    const certificate = certificateExpiresAt === null ? null : Date.parse(certificateExpiresAt) / 1000
    expect(row?.certificate == null ? null : Number(row.certificate)).toBe(certificate)

    hub.clock.moveTo(Date.parse(task.deadlineAt) + 1)
    await hub.parts.closer.closeDue()
    const { data, errors } = await hub.post(
      `query ($id: ID!) { website(id: $id) { ticks(first: 1) { edges { node { websiteId checkHash ${FIELDS} } } } } }`,
      { token: hub.ownerToken, variables: { id: task.websiteId } },
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      website: { ticks: { edges: [{ node: { websiteId: task.websiteId, checkHash, ...sent } }] } },
    })
    const submission = await hub.parts.store.prisma.submission.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(submission).toMatchObject({ batch: way === 'submitTicks', hub: hub.url, roundAt: new Date(task.roundAt) })
    expect(Buffer.from(submission.leaves)).toEqual(
      leafHash(statementOf(hub, member.keys, task, { callbackId, checkHash, ...sent })),
    )
  })
})
