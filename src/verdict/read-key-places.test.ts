import { afterAll, expect, inject, it } from 'vitest'
import { encodePublicKey } from '../protocol/text-forms.js'
import { openTestStore } from '../testing/test-store.js'
import { readKeyPlaces } from './read-key-places.js'

const store = await openTestStore(inject('template'))
afterAll(() => store.close())

it('orders validators by the bytes of their keys, whatever their numbers and texts are', async () => {
  const starts = [[0xff], [0x00, 0xff], [0x01], [0x00], [0x0e], [0x10], [0x80]]
  const keys = starts.map((start) => Buffer.concat([Buffer.from(start), Buffer.alloc(32 - start.length)]))
  const texts = keys.map((key) => encodePublicKey(key))
  for (const publicKey of texts) await store.prisma.validator.create({ data: { publicKey } })
  const validators = await store.prisma.validator.findMany()
  const textOf = new Map(validators.map(({ no, publicKey }) => [no, publicKey]))
  // A statement for every two of them, and one number that nobody has.
  const places = await readKeyPlaces({ sql: store.sql, rowsPerStatementMax: 2 }, new Set([...textOf.keys(), 999]))
  const ordered = [...places].sort(([, a], [, b]) => a - b).map(([no]) => textOf.get(no))
  expect(ordered).toEqual(keys.toSorted((a, b) => a.compare(b)).map((key) => encodePublicKey(key)))
  expect(ordered).not.toEqual(texts.toSorted())
  expect([...places.values()].sort((a, b) => a - b)).toEqual(keys.map((_, place) => place))
})
