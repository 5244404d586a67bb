import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import { findDenials } from '../target/denied-hosts.js'
import type { WebsiteRef } from './website-type.js'

export function addDeniedReason(builder: Builder, website: WebsiteRef): void {
  const denialsOf = perOperation(({ store }, urls: readonly string[]) => findDenials(store.sql, urls))
  builder.prismaObjectField(website, 'deniedReason', (t) =>
    t.string({
      nullable: true,
      description:
        "The operator's reason why its host is on the deny-list, so that no validator is sent to it. Null if it is not.",
      resolve: async ({ url }, _args, context) => (await denialsOf(context, url))?.reason ?? null,
    }),
  )
}
