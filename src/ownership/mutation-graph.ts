import type { Builder } from '../graph/builder.js'
import { ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { WebsiteRef } from '../website/website-type.js'
import type { OwnershipMethodRef } from './ownership-type.js'
import { verifyOwnership, type VerifyOwnershipResult } from './verify-ownership.js'

export function addVerifyOwnership(
  builder: Builder,
  { website, method }: { website: WebsiteRef; method: OwnershipMethodRef },
): void {
  const result = addResult<VerifyOwnershipResult>(
    builder,
    'VerifyOwnership',
    {
      description: "The website's host is proven to belong to its owner.",
      fields: (t) => ({ website: t.expose('website', { type: website, description: 'The website as it is now.' }) }),
    },
    {
      NOT_FOUND: 'The caller has no such website.',
      DENIED_HOST: "The host is on the operator's deny-list; the message gives the reason.",
      NO_DNS_NAME: "The method is DNS and the website's host is an address, which has no TXT records.",
      TOKEN_NOT_FOUND: 'The token was not found; the message says where the hub looked and what it found instead.',
      UNREACHABLE: 'The host or its name server gave no answer; the message says why.',
      FORBIDDEN_TARGET: 'The host leads to a private network.',
      RATE_LIMITED: 'Too many recent attempts, or one is in progress.',
    },
    'TOLD',
  )
  const input = builder.inputType('VerifyOwnershipInput', {
    description: 'The host to verify, and how.',
    fields: (t) => ({
      websiteId: t.id({ description: 'ID of a website at that host.' }),
      method: t.field({ type: method, description: 'Where the token is published.' }),
    }),
  })
  builder.mutationField('verifyOwnership', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description:
        "Checks now whether a website's host shows its owner's token, and keeps that as proof. Takes up to 10 seconds.",
      args: { input: t.arg({ type: input, description: 'Which host, and how.' }) },
      resolve: (_root, { input }, context) => verifyOwnership(context, ownerIn(context), input),
    }),
  )
}
