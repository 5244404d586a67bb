import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { checkBackup } from '../store/backup/check-backup.js'
import { readMigrations } from '../store/read-migrations.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { signUp } from '../testing/test-validator.js'
import { eventually } from '../testing/eventually.js'

let hub: TestHub
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-serve-backup-'))
  hub = await startTestHub(inject('template'))
  // More than a connection holds on its way, however it is compressed. By `n` each row draws anew.
  await hub.parts.store.sql.query(
    `INSERT INTO "DeniedHost" (host, reason, "createdAt")
     SELECT n || '.example', (SELECT string_agg(md5(random()::text || m), '') FROM generate_series(1, 256 + n * 0) m), now()
     FROM generate_series(1, 3000) n`,
  )
}, 120_000)
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

const take = (token?: string, method = 'GET') =>
  fetch(`${hub.url}/operator/backup`, {
    method,
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  })

/** An operator that asks for a backup and reads nothing of it. */
async function askAndWait(): Promise<{ leave(): Promise<void> }> {
  const { hostname, port } = new URL(hub.url)
  const socket = connect(Number(port), hostname)
  socket.pause()
  socket.on('error', () => undefined)
  socket.write(`GET /operator/backup HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer ${hub.operatorToken}\r\n\r\n`)
  await eventually(async () => expect((await take(hub.operatorToken)).status).toBe(409))
  return {
    async leave() {
      socket.destroy()
      await once(socket, 'close')
    },
  }
}

describe('GET /operator/backup', () => {
  it('sends an operator a whole backup, while the hub goes on', async () => {
    const response = await take(hub.operatorToken)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/vnd.overlaps.backup',
      'content-disposition': 'attachment; filename="overlaps-2026-11-22.backup"',
      'cache-control': 'no-store',
    })
    const email = 'beside@example.com'
    await hub.parts.store.prisma.user.create({ data: { email } })
    const file = path.join(folder, 'a.backup')
    await writeFile(file, new Uint8Array(await response.arrayBuffer()))
    const outcome = await checkBackup(file, await readMigrations())
    expect(outcome).toMatchObject({ kind: 'usable', rowCounts: { DeniedHost: 3000, HubKey: 1, User: 1 } })
    expect(hub.errors).toEqual([])
  })

  it('is for operators alone, and is asked for with GET or HEAD', async () => {
    const { sessionToken } = await signUp(hub)
    const statuses = [
      (await take()).status,
      (await take('ovp_wrong')).status,
      (await take(hub.ownerToken)).status,
      (await take(sessionToken)).status,
      (await take(hub.operatorToken, 'POST')).status,
      (await take(hub.operatorToken, 'HEAD')).status,
    ]
    expect(statuses).toEqual([401, 401, 403, 403, 405, 200])
    expect(await (await take(hub.ownerToken)).json()).toEqual({
      errors: [{ message: 'A backup is for operators.', extensions: { code: 'FORBIDDEN' } }],
    })
  })

  it('is made once at a time, and waits for whoever reads slowly without holding the hub up', async () => {
    const slow = await askAndWait()
    const { status, data } = await hub.post('{ __typename }')
    expect([status, data]).toEqual([200, { __typename: 'Query' }])
    await hub.parts.store.prisma.user.create({ data: { email: 'meanwhile@example.com' } })
    await slow.leave()
    await eventually(async () => expect((await take(hub.operatorToken)).status).toBe(200))
    expect(hub.errors).toEqual([])
  })

  it('ends for one who reads nothing for a minute', async () => {
    const slow = await askAndWait()
    await eventually(async () => {
      hub.clock.advance(60_000)
      expect((await take(hub.operatorToken)).status).toBe(200)
    })
    await slow.leave()
  })

  it('is broken off when the hub closes', async () => {
    const slow = await askAndWait()
    await hub.close()
    await slow.leave()
    expect(hub.errors).toEqual([])
  })
})
