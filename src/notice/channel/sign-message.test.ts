import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { signMessage } from './sign-message.js'
import { createWebhookSecret, showWebhookSecret } from './webhook-secret.js'

const MESSAGE = { id: '0198c0de-0000-7000-8000-000000000001', at: Date.now(), body: '{"type":"channel.test"}' }

describe('a signed message', () => {
  const secret = createWebhookSecret()
  const receiver = new Webhook(showWebhookSecret(secret))

  it('is what the reference makes of it, for any body', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), fc.uint8Array({ minLength: 1 }), (id, body, key) => {
        const at = new Date('2026-11-22T13:00:00.999Z')
        const headers = signMessage([key], { id, at: at.getTime(), body })
        expect(headers).toEqual({
          'webhook-id': id,
          'webhook-timestamp': '1795352400',
          'webhook-signature': new Webhook(key, { format: 'raw' }).sign(id, at, body),
        })
      }),
    )
  })

  it('is what the reference verifies', () => {
    expect(receiver.verify(MESSAGE.body, signMessage([secret], MESSAGE))).toEqual({ type: 'channel.test' })
  })

  it.each<[string, Partial<typeof MESSAGE>]>([
    ['body', { body: '{"type":"webhook.tes!"}' }],
    ['id', { id: '0198c0de-0000-7000-8000-000000000002' }],
    ['timestamp', { at: MESSAGE.at + 1_000 }],
  ])('is of its %s', (_, other) => {
    const forged = { ...signMessage([secret], { ...MESSAGE, ...other }) }
    forged['webhook-signature'] = signMessage([secret], MESSAGE)['webhook-signature'] ?? ''
    expect(() => receiver.verify({ ...MESSAGE, ...other }.body, forged)).toThrow('No matching signature')
  })

  it('is of its secret', () => {
    const headers = signMessage([createWebhookSecret()], MESSAGE)
    expect(() => receiver.verify(MESSAGE.body, headers)).toThrow('No matching signature')
  })

  it('is good for minutes', () => {
    const headers = signMessage([secret], { ...MESSAGE, at: MESSAGE.at - 6 * 60_000 })
    expect(() => receiver.verify(MESSAGE.body, headers)).toThrow('timestamp too old')
  })
})

it('is shown as libraries take it', () => {
  const shown = new Set(Array.from({ length: 100 }, () => showWebhookSecret(createWebhookSecret())))
  expect(shown.size).toBe(100)
  for (const secret of shown) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
})
