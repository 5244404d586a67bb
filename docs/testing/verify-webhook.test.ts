import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signMessage } from '../../src/notice/channel/sign-message.js'
import { createWebhookSecret, showWebhookSecret } from '../../src/notice/channel/webhook-secret.js'
import { readBlocks } from './read-examples.js'

type IsGenuine = (secret: string, headers: Record<string, string | undefined>, body: string) => boolean

const secret = createWebhookSecret()
const shown = showWebhookSecret(secret)
const MESSAGE = {
  id: '01a2042e-6803-7774-b8d7-8ac1f5c0da2c',
  at: Date.now(),
  body: '{"type":"channel.test","data":{"ü":1}}',
}
let folder: string
let isGenuine: IsGenuine

beforeAll(async () => {
  const blocks = await readBlocks('docs/owners.md')
  const example = blocks.find(({ language, text }) => language === 'js' && text.includes('isGenuine'))
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-example-'))
  const file = path.join(folder, 'is-genuine.mjs')
  await writeFile(file, example?.text ?? '')
  ;({ isGenuine } = (await import(pathToFileURL(file).href)) as { isGenuine: IsGenuine })
})
afterAll(() => rm(folder, { recursive: true }))

it('the example in docs/owners.md takes what the hub signs', () => {
  const headers = signMessage([secret], MESSAGE)
  expect(isGenuine(shown, headers, MESSAGE.body)).toBe(true)
  const overlapping = signMessage([createWebhookSecret(), secret], MESSAGE)
  expect(isGenuine(shown, overlapping, MESSAGE.body)).toBe(true)
})

it.each<[string, Record<string, string | undefined>, string]>([
  ['another body', {}, `${MESSAGE.body} `],
  ['another id', { 'webhook-id': '01a2042e-6803-7774-b8d7-8ac1f5c0da2d' }, MESSAGE.body],
  ['another secret', signMessage([createWebhookSecret()], MESSAGE), MESSAGE.body],
  ['an old message', signMessage([secret], { ...MESSAGE, at: MESSAGE.at - 301_000 }), MESSAGE.body],
  ['one from the future', signMessage([secret], { ...MESSAGE, at: MESSAGE.at + 360_000 }), MESSAGE.body],
  ['no timestamp', { 'webhook-timestamp': undefined }, MESSAGE.body],
  ['no signature', { 'webhook-signature': undefined }, MESSAGE.body],
  ['a short signature', { 'webhook-signature': 'v1,' }, MESSAGE.body],
])('and refuses %s', (_, changed, body) => {
  expect(isGenuine(shown, { ...signMessage([secret], MESSAGE), ...changed }, body)).toBe(false)
})
