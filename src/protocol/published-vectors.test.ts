import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { importPublicKey, verifySignature } from './signature-gate.js'
import { encodePublicKey } from './text-forms.js'

/** The vectors of others, which stay with them. Their licences and the answers asked of us stand in the folder's README. */
const folder = env['OVERLAPS_VECTORS_DIR'] ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url))
const isAbsent = !existsSync(folder)

interface WycheproofFile {
  testGroups: { publicKey: { pk: string }; tests: { tcId: number; msg: string; sig: string; result: string }[] }[]
}
interface SpeccheckCase {
  message: string
  pub_key: string
  signature: string
}
interface CctvCase {
  number: number
  key: string
  sig: string
  msg: string
  flags: string[] | null
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'))
}

async function accepts(keyHex: string, message: Uint8Array, signatureHex: string): Promise<boolean> {
  const key = importPublicKey(encodePublicKey(Buffer.from(keyHex, 'hex')))
  return key !== null && (await verifySignature(key, message, Buffer.from(signatureHex, 'hex').toString('base64')))
}

const absence = isAbsent ? ` (skipped: no folder ${folder}; set OVERLAPS_VECTORS_DIR to theirs)` : ''

describe.skipIf(isAbsent)(`published Ed25519 vectors${absence}`, () => {
  it('answers all 151 of Wycheproof rightly', async () => {
    let right = 0
    const wrong: number[] = []
    for (const { publicKey, tests } of (read('wycheproof-ed25519.json') as WycheproofFile).testGroups) {
      for (const { tcId, msg, sig, result } of tests) {
        const isAccepted = await accepts(publicKey.pk, Buffer.from(msg, 'hex'), sig)
        if (isAccepted === (result === 'valid')) right++
        else wrong.push(tcId)
      }
    }
    expect(wrong).toEqual([])
    expect(right).toBe(151)
  })

  it('accepts only case 3 of the 12 of ed25519-speccheck', async () => {
    const cases = read('speccheck-ed25519.json') as SpeccheckCase[]
    const answers = await Promise.all(
      cases.map(({ pub_key, message, signature }) => accepts(pub_key, Buffer.from(message, 'hex'), signature)),
    )
    expect(answers).toEqual(Array.from({ length: 12 }, (_, index) => index === 3))
  })

  it('accepts 43 of the 914 of CCTV, which are those without a forbidden flag', async () => {
    const cases = read('cctv-ed25519.json') as CctvCase[]
    const answers = await Promise.all(cases.map(({ key, msg, sig }) => accepts(key, Buffer.from(msg, 'utf8'), sig)))
    const forbidden = /^(?:low_order_A|low_order_R|non_canonical_.*|low_order_residue|reencoded_k)$/
    expect(answers).toEqual(cases.map(({ flags }) => !(flags ?? []).some((flag) => forbidden.test(flag))))
    expect(answers).toHaveLength(914)
    expect(answers.filter(Boolean)).toHaveLength(43)
  })
})
