import type { Website } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import type { WebsiteRef } from '../website/website-type.js'
import type { OwnershipMethodRef } from './ownership-type.js'
import { verifyOwnership } from './verify-ownership.js'

export function addVerifyOwnership(
  builder: Builder,
  { website, method }: { website: WebsiteRef; method: OwnershipMethodRef },
): void {
  const success = builder.objectRef<{ kind: 'verified'; website: Website }>('VerifyOwnershipSuccess').implement({
    description: "The website's host is proven to be its owner's.",
    fields: (t) => ({
      website: t.field({
        type: website,
        description: 'The website as it is now.',
        resolve: (outcome) => outcome.website,
      }),
    }),
  })
  const result = addResultOf(
    builder,
    'VerifyOwnership',
    success,
    {
      NOT_FOUND: 'The caller has no such website.',
      DENIED_HOST: "The host is on the operator's deny-list; the message says why.",
      NO_DNS_NAME: "DNS: the website's host is an address, which has no TXT records.",
      TOKEN_NOT_FOUND: 'The token is not where it was looked for; the message says where, and what was found instead.',
      UNREACHABLE: 'What was asked gave no answer; the message says why.',
      FORBIDDEN_TARGET: 'The host leads into a private network.',
      RATE_LIMITED: 'There were too many looks lately, or one is under way.',
    },
    'TOLD',
  )
  const input = builder.inputType('VerifyOwnershipInput', {
    description: 'Which host to look at, and how.',
    fields: (t) => ({
      websiteId: t.id({ description: 'A website at that host.' }),
      method: t.field({ type: method, description: 'How it is to be proven.' }),
    }),
  })
  builder.mutationField('verifyOwnership', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description:
        "Looks now whether a website's host shows its owner's token, and keeps that as proof. Takes at most some seconds.",
      args: { input: t.arg({ type: input, description: 'What to look at.' }) },
      resolve: (_root, { input: { websiteId, method } }, context) =>
        verifyOwnership(context, { userId: requireOwner(context), websiteId, method }),
    }),
  )
}
