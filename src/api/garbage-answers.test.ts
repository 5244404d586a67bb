import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyPair, signStatement } from '../protocol/sign-statement.js'
import { TICK_REJECTIONS } from '../protocol/tick-rejections.js'
import { answer, statementOf, submitBatch, submitOne } from '../testing/test-validator.js'
import { useGarbageWorld, responseFault, strangeText, strangeValue } from '../testing/api/garbage.js'

const world = useGarbageWorld()

describe('an answer', () => {
  const flip = (text: string, bit: number) => {
    const bytes = Buffer.from(text, 'base64')
    const at = bit % (bytes.length * 8)
    bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7))
    return bytes.toString('base64')
  }
  // UNAVAILABLE would be the hub's own fault.
  const REASONS = expect.toBeOneOf(Object.keys(TICK_REJECTIONS).filter((reason) => reason !== 'UNAVAILABLE'))

  it('to a callback that was never given out, signed well', async () => {
    const { task, member } = world
    const bytes = Buffer.from(task.callbackId, 'base64url')
    const flipped = fc
      .nat(bytes.length * 8 - 1)
      .map((bit) => Buffer.from(flip(bytes.toString('base64'), bit), 'base64').toString('base64url'))
    const random = fc
      .uint8Array({ minLength: bytes.length, maxLength: bytes.length })
      .map((some) => Buffer.from(some).toString('base64url'))
    const version = fc
      .nat(255)
      .filter((byte) => byte !== bytes[0])
      .map((byte) => Buffer.from([byte, ...bytes.subarray(1)]).toString('base64url'))
    await fc.assert(
      fc.asyncProperty(fc.oneof(flipped, random, version), async (callbackId) => {
        const tick = { ...answer(task), callbackId }
        const one = await submitOne(world.hub, member, task, tick)
        const batch = await submitBatch(world.hub, member, [{ task, tick }])
        expect([one.reason, batch.rejected?.[0]?.reason]).toEqual([REASONS, REASONS])
      }),
      { numRuns: 25 },
    )
  })

  it('in the name of a key that no database takes, from a session', async () => {
    const { data } = await world.hub.post(
      'mutation ($input: SubmitTicksInput!) { submitTicks(input: $input) { ... on TicksRejected { reason } } }',
      {
        token: world.member.sessionToken,
        variables: { input: { publicKey: 'a\u0000', hub: world.hub.url, signature: 'x', ticks: [] } },
      },
    )
    expect(data).toEqual({ submitTicks: { reason: 'INVALID' } })
  })

  it('to a callback that is none', async () => {
    const { task, member } = world
    const spelt = fc.constantFrom('=', ' ', '\n', 'A').map((more) => task.callbackId + more)
    await fc.assert(
      fc.asyncProperty(fc.oneof(spelt, strangeText), async (callbackId) => {
        const tick = { ...answer(task), callbackId }
        // What cannot be a line of a statement is not signed, but sent all the same.
        const one = await submitOne(world.hub, member, task, answer(task), { tick }).catch(faultOf)
        const ticks = [{ ...tick, leaf: '0'.repeat(64) }]
        const batch = await submitBatch(world.hub, member, [{ task }], { ticks }).catch(faultOf)
        expect([one.reason, batch.reason ?? batch.rejected?.[0]?.reason]).toEqual([REASONS, REASONS])
      }),
      { numRuns: 25 },
    )
  })

  it('whose signature or key is another one by a bit', async () => {
    const { task, member } = world
    const tick = answer(task)
    const good = signStatement(member.keys, statementOf(world.hub, member.keys, task, tick))
    await fc.assert(
      fc.asyncProperty(fc.nat(511), strangeText, fc.boolean(), async (bit, text, isText) => {
        const signature = isText ? text : flip(good, bit)
        const outcome = await submitOne(world.hub, member, task, tick, { signature }).catch(faultOf)
        expect(outcome.reason).toEqual(REASONS)
        const publicKey = isText ? text : createKeyPair().publicKey
        expect((await submitOne(world.hub, member, task, tick, { publicKey }).catch(faultOf)).reason).toEqual(REASONS)
      }),
      { numRuns: 25 },
    )
  })

  it('with any field of any value, whose signature is that of another', async () => {
    const { task, member } = world
    const sound = answer(task)
    const signature = signStatement(member.keys, statementOf(world.hub, member.keys, task, sound))
    const names = Object.keys(sound)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), strangeValue, async (name, value) => {
        const tick = { ...sound, [name]: value }
        fc.pre(JSON.stringify(tick) !== JSON.stringify(sound))
        expect((await submitOne(world.hub, member, task, sound, { tick, signature }).catch(faultOf)).reason).toEqual(
          REASONS,
        )
      }),
      { numRuns: 60 },
    )
  })
})

/** A value of the wrong type is a fault of the call. */
function faultOf(error: unknown): { reason: string; rejected?: never } {
  expect(responseFault({ errors: JSON.parse((error as Error).message) as unknown })).toBeNull()
  return { reason: 'INVALID' }
}
