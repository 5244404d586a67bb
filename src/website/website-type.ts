import type { Website } from '../generated/prisma/client.js'
import { perOperation } from '../graph/batch.js'
import type { Builder, ModelRef } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import type { CheckRef } from './check-type.js'
import { type CheckKey, findChecks } from './find-checks.js'
import { atMost } from '../graph/items-max.js'
import { TAGS_MAX } from './website-tags.js'

export type WebsiteRef = ModelRef<'Website'>

export interface WebsiteRefs {
  website: WebsiteRef
  /** A website, whoever owns it, by its number; a deleted one as it last was. */
  websiteByNo: (context: GraphContext, no: number) => Promise<Website>
}

export function addWebsiteType(builder: Builder, check: CheckRef): WebsiteRefs {
  const checksOf = perOperation(({ store }, keys: readonly CheckKey[]) => findChecks(store, keys))
  const website = builder.prismaObject('Website', {
    description: 'A URL that is watched. Only its owner sees it.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Never changes.' }),
      name: t.exposeString('name', { description: 'Display name.' }),
      url: t.exposeString('url', { description: 'The URL that is requested, in its normal form. Never changes.' }),
      tags: t.exposeStringList('tags', {
        description: 'Its tags, in the order in which they were added; at most 20.',
        extensions: atMost(TAGS_MAX),
      }),
      enabled: t.exposeBoolean('enabled', { description: 'Whether it is checked.' }),
      everyRounds: t.exposeInt('everyRounds', { description: 'Checked in every n-th round only; 1 is every round.' }),
      minimumVotes: t.exposeInt('minimumVotes', {
        description:
          'Fewest networks that must agree before a verdict is Good or Bad; a majority is needed in any case.',
      }),
      badToOpen: t.exposeInt('badToOpen', { description: 'Consecutive Bad verdicts that open an incident.' }),
      goodToClose: t.exposeInt('goodToClose', { description: 'Consecutive Good verdicts that end an incident.' }),
      check: t.field({
        type: check,
        description: 'Settings of its current check, secret headers included.',
        resolve: ({ id, checkRevision }, _arguments, context) =>
          checksOf(context, { websiteId: id, revision: checkRevision }),
      }),
      checkRevision: t.exposeInt('checkRevision', {
        description: 'Number of its current check settings, counted from 1.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
    }),
  })
  const websiteByNo = perOperation(({ store }, nos: readonly number[]) => findByNo(store, nos))
  return { website, websiteByNo }
}

async function findByNo({ prisma }: GraphContext['store'], nos: readonly number[]): Promise<(Website | Error)[]> {
  const websites = await prisma.website.findMany({ where: { no: { in: [...new Set(nos)] } } })
  const found = new Map(websites.map((website) => [website.no, website]))
  return nos.map((no) => found.get(no) ?? new Error(`there is no website ${no}`))
}
