import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import type { WebsiteRef } from '../website/website-type.js'
import { findProofs, type OwnedUrl } from './find-proofs.js'
import { addVerifyOwnership } from './mutation-graph.js'
import type { OwnershipProver } from './ownership-prover.js'
import { addOwnershipTypes, type Ownership } from './ownership-type.js'

declare module '../graph/context.js' {
  interface GraphContext {
    ownershipProver: OwnershipProver
  }
}

export function addOwnershipGraph(builder: Builder, { website }: { website: WebsiteRef }): void {
  const { ownership, method } = addOwnershipTypes(builder)
  const proofOf = perOperation(({ store }, websites: readonly OwnedUrl[]) => findProofs(store, websites))
  builder.prismaObjectField(website, 'ownership', (t) =>
    t.field({
      type: ownership,
      description: 'Whether its owner has proven the host, and how to prove it.',
      resolve: async ({ userId, url }, _arguments, context): Promise<Ownership> => ({
        website: { userId, url },
        proof: await proofOf(context, { userId, url }),
      }),
    }),
  )
  addVerifyOwnership(builder, { website, method })
}
