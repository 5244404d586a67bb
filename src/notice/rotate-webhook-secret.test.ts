import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import { openTestOutbox, startScripted, startTestDeliverer, type TestOutbox } from '../testing/notice/outbox.js'
import { storedState } from '../testing/stored-state.js'
import { rotateWebhookSecret } from './rotate-webhook-secret.js'

let outbox: TestOutbox
beforeEach(async () => {
  const opened = await openTestOutbox(inject('template'))
  onTestFinished(() => opened.store.close())
  // The reference looks at the time.
  opened.clock.moveTo(Date.now())
  outbox = opened
})

async function rotate(id: string, overlapS: number) {
  const rotated = await rotateWebhookSecret(outbox, outbox.actor, { id, overlapS })
  if (rotated.kind !== 'rotated') throw new Error(rotated.message)
  return rotated
}

/** A webhook whose first message waits for its retry, and the secrets that each attempt was signed with. */
async function startWaiting() {
  const { url, received } = await startScripted(500)
  const { webhook, secret } = await outbox.addWebhook(url)
  await outbox.enqueue(1)
  const deliverer = startTestDeliverer(outbox)
  await deliverer.idle()
  const isSignedWith = (shown: string, { body, headers }: (typeof received)[number]) => {
    try {
      new Webhook(shown).verify(body, headers)
      return true
    } catch {
      return false
    }
  }
  return {
    id: webhook.id,
    secret,
    /** Moves on and tells by which of the secrets a receiver would verify the last message. */
    async verifyAfter(ms: number, ...secrets: string[]) {
      outbox.clock.advance(ms)
      await deliverer.idle()
      const last = received.at(-1)
      if (!last) throw new Error('nothing was sent')
      return secrets.map((shown) => isSignedWith(shown, last))
    },
    received,
  }
}

describe('rotateWebhookSecret', () => {
  it('signs a retry with both secrets, the new one first, while they overlap', async () => {
    const { id, secret, verifyAfter, received } = await startWaiting()
    const rotated = await rotate(id, 6)
    expect(rotated.webhook.previousSecretUntil).toEqual(new Date(outbox.clock.now() + 6_000))
    expect(await verifyAfter(5_000, rotated.secret, secret)).toEqual([true, true])
    expect(received).toHaveLength(2)
    const [first, second, ...others] = received[1]?.headers['webhook-signature']?.split(' ') ?? []
    expect(others).toEqual([])
    const only = (signature: string | undefined) => {
      const { body, headers } = received[1] ?? { body: '', headers: {} }
      return [body, { ...headers, 'webhook-signature': signature ?? '' }] as const
    }
    expect(() => new Webhook(rotated.secret).verify(...only(first))).not.toThrow()
    expect(() => new Webhook(secret).verify(...only(second))).not.toThrow()
  })

  it('signs no retry with the old secret from the end of the overlap on', async () => {
    const { id, secret, verifyAfter, received } = await startWaiting()
    const rotated = await rotate(id, 5)
    expect(await verifyAfter(5_000, rotated.secret, secret)).toEqual([true, false])
    expect(received).toHaveLength(2)
  })

  it('ends the old secret at once where there is to be no overlap', async () => {
    const { id, secret, verifyAfter } = await startWaiting()
    const rotated = await rotate(id, 0)
    expect(rotated.webhook).toMatchObject({ previousSecret: null, previousSecretUntil: null })
    expect(await verifyAfter(5_000, rotated.secret, secret)).toEqual([true, false])
  })

  it('ends the secret before the old one at once', async () => {
    const { id, secret, verifyAfter } = await startWaiting()
    const second = await rotate(id, 86_400)
    const third = await rotate(id, 86_400)
    expect(await verifyAfter(5_000, third.secret, second.secret, secret)).toEqual([true, true, false])
  })

  it.each([-1, 604_801, 0.5, Number.NaN])('refuses an overlap of %s s and changes nothing', async (overlapS) => {
    const { webhook } = await outbox.addWebhook('https://hooks.example.com/')
    const before = await storedState(outbox.store)
    expect(await rotateWebhookSecret(outbox, outbox.actor, { id: webhook.id, overlapS })).toMatchObject({
      kind: 'refused',
      reason: 'INVALID_OVERLAP',
      field: 'overlapS',
      faults: [{ reason: 'INVALID_OVERLAP', field: 'overlapS' }],
    })
    expect(await storedState(outbox.store)).toEqual(before)
  })

  it('takes the longest overlap', async () => {
    const { webhook } = await outbox.addWebhook('https://hooks.example.com/')
    const { previousSecretUntil } = (await rotate(webhook.id, 604_800)).webhook
    expect(previousSecretUntil).toEqual(new Date(outbox.clock.now() + 604_800_000))
  })
})
