import type { Builder, ObjectRef } from '../graph/builder.js'
import type { TickProof } from './make-proof.js'
import { atMost } from '../graph/items-max.js'
import { TICKS_PER_BATCH_MAX } from '../protocol/limits.js'

export type ProofRef = ObjectRef<TickProof>

/** Adds TickProof, with which a stranger verifies one tick by the validator's key alone. */
export function addTickProof(builder: Builder): ProofRef {
  return builder.objectRef<TickProof>('TickProof').implement({
    description:
      "Proves a single tick. Its leaf is SHA-256(0x00 ‖ statement); with index, count and path it gives the RFC 6962 root that the signed batch statement names. Verify the key's signature over batchStatement or, if that is null, over statement.",
    fields: (t) => ({
      statement: t.exposeString('statement', {
        description: 'The tick statement (PROTOCOL §2.3), byte for byte as the validator made it.',
      }),
      leaf: t.field({
        type: 'Hash',
        description: 'The leaf hash of the statement.',
        resolve: ({ leaf }) => leaf.toString('hex'),
      }),
      leafIndex: t.exposeInt('leafIndex', { description: 'Position of the leaf in its submission, from 0.' }),
      leafCount: t.exposeInt('leafCount', { description: 'How many ticks were submitted together.' }),
      path: t.field({
        type: ['Hash'],
        description: 'RFC 6962 inclusion path from the leaf to the root, lowest sibling first.',
        extensions: atMost(Math.ceil(Math.log2(TICKS_PER_BATCH_MAX))),
        resolve: ({ path }) => path.map((hash) => hash.toString('hex')),
      }),
      batchStatement: t.exposeString('batchStatement', {
        nullable: true,
        description: 'The batch statement (PROTOCOL §2.4) that was signed; null when the tick statement was.',
      }),
      signature: t.expose('signature', { type: 'Signature', description: 'Over what was signed.' }),
      publicKey: t.expose('publicKey', { type: 'PublicKey', description: 'The key that signed.' }),
    }),
  })
}
