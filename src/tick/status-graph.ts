import { createContextCache } from '@pothos/core'
import DataLoader from 'dataloader'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import type { WebsiteStatus } from '../protocol/tick.js'
import type { WebsiteRef } from '../website/graph.js'
import { type AskedWebsite, findStatuses } from './find-status.js'
import type { addTickEnums } from './tick-enums-graph.js'

interface Refs {
  website: WebsiteRef
  websiteStatus: ReturnType<typeof addTickEnums>['websiteStatus']
}

/** Adds `Website.status`, for a page of websites in one statement. */
export function addWebsiteStatus(builder: Builder, { website, websiteStatus }: Refs): void {
  const statusesOf = createContextCache(
    ({ store, clock }: GraphContext) =>
      new DataLoader<AskedWebsite, WebsiteStatus | null>((asked) => findStatuses(store, asked, clock.now()), {
        cache: false,
      }),
  )
  builder.prismaObjectField(website, 'status', (t) =>
    t.field({
      type: websiteStatus,
      nullable: true,
      description:
        'What most answers said in the last ended round that asked for it. Null on a tie, without answers, and when that round lies back more than two of its turns: nobody checks it now.',
      resolve: (parent, _args, context) => statusesOf(context).load(parent),
    }),
  )
}
