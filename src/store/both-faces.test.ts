import { expect, inject, test } from 'vitest'
import { openTestStore } from '../testing/test-store.js'

const store = await openTestStore(inject('template'))
const now = new Date('2026-01-01T00:00:00Z')

function emails(): Promise<{ email: string }[]> {
  return store.sql.query('SELECT email FROM "User" ORDER BY email')
}

test('both faces see what the other has written, and commit together', async () => {
  const seen = await store.change(async ({ sql, prisma }) => {
    const user = await prisma.user.create({ data: { email: 'a@example.org', createdAt: now } })
    const bySql = await sql.query<{ id: string }>('SELECT id FROM "User" WHERE email = $1', ['a@example.org'])
    await sql.query('UPDATE "User" SET email = $1 WHERE id = $2', ['b@example.org', user.id])
    const byPrisma = await prisma.user.findUniqueOrThrow({ where: { id: user.id } })
    return { bySql: bySql.map(({ id }) => id), id: user.id, byPrisma: byPrisma.email }
  })
  expect(seen).toEqual({ bySql: [seen.id], id: seen.id, byPrisma: 'b@example.org' })
  expect(await emails()).toEqual([{ email: 'b@example.org' }])
})

test('what either has written goes when the work fails', async () => {
  const before = await emails()
  const failing = store.change(async ({ sql, prisma }) => {
    await prisma.user.create({ data: { email: 'c@example.org', createdAt: now } })
    await sql.query('UPDATE "User" SET email = $1 WHERE email = $2', ['d@example.org', 'b@example.org'])
    throw new Error('given up')
  })
  await expect(failing).rejects.toThrow('given up')
  expect(await emails()).toEqual(before)
})

test('a statement that fails in SQL undoes what Prisma has written', async () => {
  const before = await emails()
  const failing = store.change(async ({ sql, prisma }) => {
    await prisma.user.create({ data: { email: 'e@example.org', createdAt: now } })
    await sql.query('SELECT 1 / 0')
  })
  await expect(failing).rejects.toThrow('division by zero')
  expect(await emails()).toEqual(before)
})

test('many at once each keep to a connection of their own', async () => {
  const changes = Array.from({ length: 30 }, (_, index) =>
    store.change(async ({ sql, prisma }) => {
      const [backend] = await sql.query<{ id: string }>('SELECT txid_current()::text AS id')
      await prisma.user.create({ data: { email: `many-${index}@example.org`, createdAt: now } })
      const [row] = await sql.query<{ own: boolean }>('SELECT xmin::text = $2 AS own FROM "User" WHERE email = $1', [
        `many-${index}@example.org`,
        backend?.id,
      ])
      return row?.own
    }),
  )
  expect(await Promise.all(changes)).toEqual(changes.map(() => true))
})
