import fc from 'fast-check'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { openHubKeys } from '../store/hub-keys.js'
import { openTestStore } from '../testing/test-store.js'
import { openCallback, sealCallback, type Callback } from './callback-id.js'

const store = await openTestStore(inject('template'))
const keys = await openHubKeys(store)
afterAll(() => store.close())

const unsigned32 = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const callbacks = fc
  .record({
    roundAt: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    lasting: unsigned32,
    websiteNo: unsigned32,
    validatorNo: unsigned32,
    checkRevision: unsigned32,
  })
  .map(({ lasting, ...callback }): Callback => ({ ...callback, deadlineAt: callback.roundAt + lasting }))

describe('a callback ID', () => {
  it('says what was sealed in it', async () => {
    await fc.assert(
      fc.asyncProperty(callbacks, async (callback) => {
        expect(await openCallback(keys, sealCallback(keys.newest, callback))).toEqual(callback)
      }),
    )
  })

  it('is another for another task, and short', () => {
    fc.assert(
      fc.property(callbacks, callbacks, (one, other) => {
        const [a, b] = [sealCallback(keys.newest, one), sealCallback(keys.newest, other)]
        expect(a === b).toBe(JSON.stringify(one) === JSON.stringify(other))
        expect(a).toMatch(/^[\w-]{55}$/)
      }),
    )
  })

  it('says nothing with any bit flipped', async () => {
    const bits = fc.integer({ min: 0, max: 41 * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(callbacks, bits, async (callback, bit) => {
        const bytes = Buffer.from(sealCallback(keys.newest, callback), 'base64url')
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        expect(await openCallback(keys, bytes.toString('base64url'))).toBeNull()
      }),
      { numRuns: 400 },
    )
  })

  it('says nothing cut, lengthened or spelt otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(callbacks, fc.string(), async (callback, tail) => {
        const text = sealCallback(keys.newest, callback)
        for (const other of [text.slice(1), text.slice(0, -1), `${text}=`, ` ${text}`, `${text}\n`, `${text}A`]) {
          expect(await openCallback(keys, other)).toBeNull()
        }
        expect(await openCallback(keys, tail)).toBeNull()
        const standard = Buffer.from(text, 'base64url').toString('base64')
        expect(standard === text ? null : await openCallback(keys, standard)).toBeNull()
      }),
    )
  })

  it('of another hub says nothing, though its key has the same ID', async () => {
    const otherStore = await openTestStore(inject('template'))
    const otherKeys = await openHubKeys(otherStore)
    expect(otherKeys.newest.id).toBe(keys.newest.id)
    const callback = { roundAt: 1, deadlineAt: 2, websiteNo: 3, validatorNo: 4, checkRevision: 5 }
    expect(await openCallback(keys, sealCallback(otherKeys.newest, callback))).toBeNull()
    await otherStore.close()
  })

  it('of an older key is still known, and of one that another hub made since', async () => {
    const callback = { roundAt: 1, deadlineAt: 2, websiteNo: 3, validatorNo: 4, checkRevision: 5 }
    const old = sealCallback(keys.newest, callback)
    await store.prisma.hubKey.create({ data: { secret: new Uint8Array(32).fill(7) } })
    const newer = await openHubKeys(store)
    expect(newer.newest.id).not.toBe(keys.newest.id)
    expect(await openCallback(newer, old)).toEqual(callback)
    expect(await openCallback(keys, sealCallback(newer.newest, callback))).toEqual(callback)
  })
})
