import { importPublicKey, verifySignature } from '../../protocol/signature-gate.js'

/** What is wrong with a signed statement, or null: the gate on the key, then the one on the signature. Never throws. */
export async function verifyStatement(
  publicKey: string,
  statement: string,
  signature: string,
): Promise<'BAD_KEY' | 'BAD_SIGNATURE' | null> {
  const key = importPublicKey(publicKey)
  if (key === null) return 'BAD_KEY'
  return (await verifySignature(key, statement, signature)) ? null : 'BAD_SIGNATURE'
}
