import type { HostProof, ProofMethod, Website } from '../generated/prisma/client.js'
import type { Builder, EnumRef, ObjectRef } from '../graph/builder.js'
import { describeClaim, type OwnershipInstructions } from './describe-claim.js'
import { isProven } from './proof-rule.js'
import { provableHost } from './provable-host.js'

export type OwnershipMethodRef = EnumRef<ProofMethod>

export interface Ownership {
  website: Pick<Website, 'userId' | 'url'>
  proof: HostProof | null
}

export function addOwnershipTypes(builder: Builder): { ownership: ObjectRef<Ownership>; method: OwnershipMethodRef } {
  const method = builder.enumType('OwnershipMethod', {
    description: 'How the ownership of a host is proven.',
    values: {
      DNS: { description: 'By a TXT record, for every port of the host.' },
      FILE: { description: 'By a file at a fixed path of the host.' },
      META: { description: "By a tag in the head of the host's front page." },
    } satisfies Record<ProofMethod, object>,
  })
  return { ownership: addOwnership(builder, method), method }
}

function addOwnership(builder: Builder, method: OwnershipMethodRef): ObjectRef<Ownership> {
  const instructions = addInstructions(builder)
  return builder.objectRef<Ownership>('WebsiteOwnership').implement({
    description:
      "Whether a website's owner has proven its host. A proof is for one owner and covers all their websites at that host.",
    fields: (t) => ({
      host: t.string({
        description: 'The host to prove, in its normal form, with its port if that is not 80 or 443.',
        resolve: ({ website: { url } }) => provableHost(url).host,
      }),
      proven: t.boolean({
        description: 'Whether it is proven. A proof counts for seven more days after its token goes missing.',
        resolve: ({ proof }) => proof !== null && isProven(proof),
      }),
      withheld: t.boolean({
        description: 'Whether it is not checked because this hub requires proof and there is none.',
        resolve: ({ proof }, _arguments, { settings }) =>
          settings.requireOwnership && (proof === null || !isProven(proof)),
      }),
      method: t.field({
        type: method,
        nullable: true,
        description: 'How it was last proven; null if it never was.',
        resolve: ({ proof }) => proof?.method ?? null,
      }),
      provenAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When it was last proven; null if it never was.',
        resolve: ({ proof }) => proof?.provenAt ?? null,
      }),
      checkedAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When the hub last looked for the token, which it does every day; null if it was never proven.',
        resolve: ({ proof }) => proof?.checkedAt ?? null,
      }),
      failedAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'Since when the token has been missing; null if it is there.',
        resolve: ({ proof }) => proof?.failedAt ?? null,
      }),
      instructions: t.field({
        type: instructions,
        description: 'What to publish, and where. It never changes.',
        resolve: ({ website: { userId, url } }) => describeClaim(userId, provableHost(url)),
      }),
    }),
  })
}

function addInstructions(builder: Builder) {
  return builder.objectRef<OwnershipInstructions>('OwnershipInstructions').implement({
    description: 'What proves a host by each method; one is enough.',
    fields: (t) => ({
      dnsName: t.exposeString('dnsName', {
        nullable: true,
        description: 'DNS: name of the TXT record; a record at the host itself also counts. Null for an address.',
      }),
      dnsValue: t.exposeString('dnsValue', {
        nullable: true,
        description: 'DNS: the whole text of the record. Null for an address.',
      }),
      fileUrl: t.exposeString('fileUrl', { description: 'FILE: the URL of the file.' }),
      fileContent: t.exposeString('fileContent', {
        description: 'FILE: a line of the file, which may contain only such lines.',
      }),
      metaUrl: t.exposeString('metaUrl', { description: 'META: the page whose head must have the tag.' }),
      metaTag: t.exposeString('metaTag', { description: 'META: the tag, for the beginning of the head.' }),
    }),
  })
}
