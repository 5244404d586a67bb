import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { answer, createWebsites, submitBatch } from '../testing/test-validator.js'
import { runToEndHere } from '../testing/cli/run-here.js'
import { formatTable } from './format-table.js'

let hub: TestHub
let member: TestMember
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 2)
  member = await joinHub(hub)
  const [tasks = []] = await playRound(hub, member)
  await submitBatch(
    hub,
    member,
    tasks.map((task) => ({ task })),
  )
})
afterAll(async () => {
  await member.socket.close()
  await hub.close()
})
beforeEach(async (context) => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-operator-'))
  context.onTestFinished(() => rm(folder, { recursive: true }))
  const { dataDir, port } = hub.parts.settings
  env = { OVERLAPS_DATA_DIR: dataDir, PORT: String(port), OVERLAPS_HOST: '127.0.0.1' }
})

const operator = (...args: string[]) => runToEndHere(['operator', ...args], { cwd: folder, env })

describe('overlaps operator', () => {
  test('lists rounds, open and closed', async () => {
    const open = await operator('rounds')
    expect(open).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^round +kind +websites +validators +asked +answered +reward +closed/),
    })
    expect(open.text).toMatch(/\S+Z +scheduled +2 +1 +100 +open/)
    hub.clock.advance(60_000)
    await expect
      .poll(async () => (await operator('rounds', '--limit', '1')).text, { timeout: 30_000 })
      .toMatch(/\S+Z +scheduled +2 +1 +2 +2 +100 +\S+Z$/)
  })

  test('lists who has signed two answers to one task, in short and with what proves it', async () => {
    const [tasks = []] = await playRound(hub, member)
    for (const latencyUs of [1, 2]) {
      await submitBatch(
        hub,
        member,
        tasks.map((task) => ({ task, tick: answer(task, { latencyUs }) })),
      )
    }
    const url = tasks[0]?.url ?? ''
    const { code, text } = await operator('conflicts')
    expect([code, text.split('\n').length]).toEqual([0, 3])
    expect(text).toMatch(/^round +received +validator +url/)
    expect(text).toMatch(new RegExp(`\\S+Z  \\S+Z  ${member.id}  ${url}`))
    expect((await operator('conflicts', '--validator', randomUUID())).text.split('\n')).toHaveLength(1)

    const file = path.join(folder, 'conflicts.json')
    const json = (await operator('conflicts', '--json', '--validator', member.id, '--limit', '1')).text
    await writeFile(file, json)
    const verify = (name: string) => promisify(execFile)(process.execPath, ['docs/verify-tick.mjs', name])
    expect((await verify(file)).stdout.split('\n').slice(2, 3)).toEqual([
      `two answers to one task, by ${member.keys.publicKey}`,
    ])
    // The same answer twice is no conflict, and neither is an unsigned one.
    const [pair] = JSON.parse(json) as { first: { statement: string }; second: { statement: string } }[]
    const other = pair?.second.statement.replace('latency-us 2', 'latency-us 3')
    for (const second of [pair?.first, { ...pair?.second, statement: other }]) {
      await writeFile(file, JSON.stringify([{ ...pair, second }]))
      await expect(verify(file)).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^WRONG: no two/m) })
    }
  })

  test('suspends, bans and lifts both again', async () => {
    expect((await operator('validators', '--connected')).text).toMatch(new RegExp(`${member.id} +connected +400 `))
    expect(await operator('suspend', member.id)).toEqual({ code: 0, text: `${member.id} is suspended.` })
    expect((await operator('validators', '--suspended')).text).toMatch(new RegExp(`${member.id} +suspended +400 `))
    expect((await operator('validators', '--banned')).text.split('\n')).toHaveLength(1)
    expect(await operator('unsuspend', member.id)).toEqual({ code: 0, text: `${member.id} is no longer suspended.` })
    expect(await operator('ban', member.id)).toEqual({ code: 0, text: `${member.id} is banned.` })
    expect(await member.socket.closed).toBe(4403)
    expect((await operator('validators', '--connected')).text.split('\n')).toHaveLength(1)
    expect((await operator('validators', '--banned')).text).toContain(`${member.id}  banned`)
    expect(await operator('unban', member.id)).toEqual({ code: 0, text: `${member.id} is no longer banned.` })
    expect((await operator('validators')).text).toContain(member.keys.publicKey)
  })

  test('denies hosts, lists them with the reasons and allows them again', async () => {
    expect(await operator('deny-host', 'Shop.Example.', '--reason', 'Its owner asked.')).toEqual({
      code: 0,
      text: 'shop.example is denied from the next round on.',
    })
    expect((await operator('denied-hosts')).text).toMatch(
      /^host +since +reason\nshop\.example +\S+Z +Its owner asked\.$/,
    )
    const done = { code: 0, text: 'shop.example is no longer denied.' }
    expect(await operator('allow-host', 'shop.example')).toEqual(done)
    expect(await operator('allow-host', 'shop.example')).toEqual({
      code: 1,
      text: 'shop.example is not on the deny-list: see overlaps operator denied-hosts.',
    })
    expect(await operator('deny-host', 'https://x/', '--reason', 'x')).toEqual({
      code: 1,
      text: expect.stringMatching(/^host must be a name or an address alone/),
    })
    expect((await operator('log')).text).toMatch(/operator +allowHost +DeniedHost shop\.example/)
  })

  test('trusts the clock, and takes away open rounds of the future', async () => {
    const { prisma } = hub.parts.store
    const noticedAt = new Date(hub.clock.now())
    await prisma.clockJump.create({ data: { noticedAt, lastClosedAt: noticedAt } })
    expect(await operator('trust-clock')).toEqual({
      code: 0,
      text: `The clock is trusted: what was held since ${noticedAt.toISOString()} is dropped within the hour.`,
    })
    expect(await operator('trust-clock')).toEqual({
      code: 1,
      text: expect.stringMatching(/^The clock is already trusted/),
    })
    const roundAt = new Date(hub.clock.now() + 3_600_000)
    const keyId = hub.parts.keys.newest.id
    await prisma.round.create({ data: { roundAt, deadlineAt: roundAt, intervalMs: 60_000, keyId } })
    expect(await operator('drop-future-rounds')).toEqual({
      code: 0,
      text: 'Rounds of the future that were taken away: 1; closed ones that stay: 0.',
    })
    expect(await operator('drop-future-rounds')).toEqual({
      code: 1,
      text: expect.stringMatching(/^No round is in the future/),
    })
    expect(await prisma.round.count({ where: { roundAt } })).toBe(0)
  })

  test('shows who did that, over more than one page', async () => {
    const log = await operator('log')
    expect(log.code).toBe(0)
    expect(log.text.split('\n').filter((line) => line.includes(member.id))).toHaveLength(4)
    const at = new Date(hub.clock.now())
    await hub.parts.store.sql.query(
      `INSERT INTO "AuditEntry" (id, at, actor, action, "subjectKind")
       SELECT gen_random_uuid(), $1, 'OPERATOR', 'flood', 'Nothing' FROM generate_series(1, 150)`,
      [at],
    )
    expect((await operator('log', '--limit', '140')).text.split('\n')).toHaveLength(141)
    const own = await operator('log', '--owner', 'Owner@localhost')
    expect(own.text).toMatch(/owner +createWebsite +owner@localhost +Website /)
    expect(own.text).not.toContain('flood')
  })

  test("ends all of an owner's tokens", async () => {
    expect(await operator('revoke', 'owner@localhost')).toEqual({
      code: 0,
      text: 'Ended tokens and log-in sessions of owner@localhost: 1.',
    })
    const { errors } = await hub.post('{ viewer { __typename } }', { token: hub.ownerToken })
    expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  })
})

describe('overlaps operator ends', () => {
  test.each([
    { code: 1, args: ['ban', 'nobody'], words: /^No validator has the ID nobody/ },
    { code: 1, args: ['revoke', 'nobody@localhost'], words: /^There is no owner with this email address/ },
    { code: 2, args: ['ban'], words: /missing required argument/ },
    { code: 2, args: ['rounds', '--limit', '0'], words: /^--limit must be a whole number/ },
    {
      code: 2,
      args: ['validators', '--banned', '--suspended'],
      words: /^Give only one of --connected, --banned and --suspended/,
    },
    { code: 2, args: ['pardon', 'x'], words: /unknown command/ },
  ])('with $code for $args', async ({ code, args, words }) => {
    expect(await operator(...args)).toEqual({ code, text: expect.stringMatching(words) })
  })

  test('with 2 where there is no token, no hub, or another one', async () => {
    const right = env
    env = { ...right, OVERLAPS_DATA_DIR: folder }
    expect(await operator('rounds')).toEqual({
      code: 2,
      text: expect.stringMatching(/^There is no operator token in/),
    })
    env = { ...right, PORT: '2' }
    expect(await operator('rounds')).toEqual({ code: 2, text: expect.stringMatching(/^No hub answers at/) })
    const other = await startTestHub(inject('template'))
    env = { ...right, PORT: String(other.parts.settings.port) }
    const outcome = await operator('rounds')
    await other.close()
    expect(outcome).toEqual({ code: 2, text: expect.stringMatching(/does not use the data folder/) })
  })
})

describe('a table', () => {
  test('is as wide as its cells, and cut where the terminal ends', () => {
    const rows = [
      ['a', 'one'],
      ['long', 'two words'],
    ]
    expect(formatTable(['x', 'y'], rows, null)).toBe('x     y\na     one\nlong  two words')
    expect(formatTable(['x', 'y'], rows, 10)).toBe('x     y\na     one\nlong  two…')
  })

  test('lets nobody write to the terminal', () => {
    expect(formatTable(['x'], [['\u001B[2Jgone\u202E']], null)).toBe('x\n?[2Jgone?')
  })
})
