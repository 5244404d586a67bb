import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { batchStatement } from './batch-statement.js'
import { checkFault } from './check-fault.js'
import { checkHash, checkStatement } from './check-statement.js'
import { DEFAULT_CHECK } from './check.js'
import type { Check } from './check.js'
import { keyPairFromSecretKey, signStatement } from './sign-statement.js'
import { verifyStatement } from '../testing/protocol/verify-statement.js'
import { signupStatement } from './signup-statement.js'
import { canonicalUrl, decodePublicKey, encodePublicKey, hubOrigin } from './text-forms.js'
import { tickFault } from './tick-fault.js'
import { tickStatement } from './tick-statement.js'
import type { TickStatementFields } from './tick-statement.js'
import type { FailureClass, WebsiteStatus } from './tick.js'
import { inclusionPath, leafHash, rootFromInclusion, treeHash } from './tree-hash.js'
import vectors from './vectors.json' with { type: 'json' }

interface SignedVector {
  statement: string
  statementHex: string
  sha256: string
  signature: string
  keyIndex: number
}

function keyAt(index: number) {
  const vector = vectors.keys[index]
  const pair = vector === undefined ? null : keyPairFromSecretKey(Uint8Array.from(vector.keyFile))
  if (vector === undefined || pair === null) throw new Error(`no key ${index}`)
  return { ...vector, pair }
}

async function expectSigned(statement: string, vector: SignedVector): Promise<void> {
  expect(statement).toBe(vector.statement)
  expect(Buffer.from(statement, 'utf8').toString('hex')).toBe(vector.statementHex)
  expect(createHash('sha256').update(statement).digest('hex')).toBe(vector.sha256)
  const { pair } = keyAt(vector.keyIndex)
  expect(signStatement(pair, statement)).toBe(vector.signature)
  expect(await verifyStatement(pair.publicKey, statement, vector.signature)).toBeNull()
}

function tickFields(fields: (typeof vectors.tick)[number]['fields']): TickStatementFields {
  return {
    hub: fields.hub,
    validator: fields.validator,
    callback: fields.callback,
    website: fields.website,
    url: fields.url,
    round: fields.round,
    check: fields.check,
    checkedAt: fields.checked,
    status: fields.status as WebsiteStatus,
    failure: fields.failure as FailureClass | null,
    detail: fields.detail,
    httpStatus: fields['http-status'],
    remoteAddress: fields.remote,
    latencyUs: fields['latency-us'],
    dnsUs: fields['dns-us'],
    connectUs: fields['connect-us'],
    tlsUs: fields['tls-us'],
    firstByteUs: fields['first-byte-us'],
    certificateExpiresAt: fields['certificate-expires'],
  }
}

describe('keys', () => {
  it.each(vectors.keys.map((_, index) => index))('key %i is read from its file', (index) => {
    const { pair, publicKey, publicKeyHex, seedHex } = keyAt(index)
    expect(pair.publicKey).toBe(publicKey)
    expect(Buffer.from(pair.secretKey).toString('hex')).toBe(seedHex + publicKeyHex)
    expect(decodePublicKey(publicKey)?.toString('hex')).toBe(publicKeyHex)
    expect(encodePublicKey(Buffer.from(publicKeyHex, 'hex'))).toBe(publicKey)
  })
})

describe('statements', () => {
  it.each([
    ...vectors.check.map((vector) => ({ ...vector, version: 1 as const })),
    ...vectors.checkV2.map((vector) => ({ ...vector, version: 2 as const })),
  ])('check of version $version, $hash', ({ check, statement, hash, version }) => {
    const settings = check === 'defaults' ? DEFAULT_CHECK : (check as Check)
    expect(checkFault(settings)).toBeNull()
    expect(checkStatement(settings, version)).toBe(statement)
    expect(checkHash(settings, version)).toBe(hash)
  })

  it('a check is made by the newest version', () => {
    expect(checkHash(DEFAULT_CHECK)).toBe(checkHash(DEFAULT_CHECK, 2))
  })

  it.each(vectors.signup)('signup $sha256', async (vector) => {
    expect(hubOrigin(vector.fields.hub)).toBe(vector.fields.hub)
    await expectSigned(signupStatement(vector.fields), vector)
  })

  it.each(vectors.tick)('tick $sha256', async (vector) => {
    const fields = tickFields(vector.fields)
    expect(tickFault(fields)).toBeNull()
    expect(canonicalUrl(fields.url)).toBe(fields.url)
    await expectSigned(tickStatement(fields), vector)
  })

  it.each(vectors.batch)('batch of $fields.count', async (vector) => {
    const leaves = vector.statements.map(leafHash)
    expect(leaves.map((leaf) => leaf.toString('hex'))).toEqual(vector.leafHashes)
    const root = treeHash(leaves)
    expect(root.toString('hex')).toBe(vector.root)
    await expectSigned(batchStatement({ ...vector.fields, count: leaves.length, root: root.toString('hex') }), vector)
    for (const [index, leaf] of leaves.entries()) {
      const path = inclusionPath(leaves, index)
      expect(path.map((hash) => hash.toString('hex'))).toEqual(vector.inclusion[index])
      expect(rootFromInclusion(leaf, index, leaves.length, path)).toEqual(root)
    }
  })
})

describe('refused', () => {
  it.each(vectors.refused)('$why', async ({ why, publicKey, statement, signature }) => {
    const isKeyAtFault = /^key of|^leading 1|^empty key|^small-order key/.test(why)
    expect(await verifyStatement(publicKey, statement, signature)).toBe(isKeyAtFault ? 'BAD_KEY' : 'BAD_SIGNATURE')
  })
})

describe('the trees of RFC 6962', () => {
  it.each(Object.entries(vectors.rfc6962Roots.rootBySize))('%s leaves', (size, root) => {
    const leaves = vectors.rfc6962Roots.leavesHex
      .slice(0, Number(size))
      .map((hex) => leafHash(Buffer.from(hex, 'hex').toString('latin1')))
    expect(treeHash(leaves).toString('hex')).toBe(root)
  })
})
