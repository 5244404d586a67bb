import type { Builder } from '../graph/builder.js'
import { validate as isUuid } from 'uuid'
import { requireOwner } from '../graph/context.js'
import { fault } from '../graph/fault.js'
import { WEBSITES_NAMED_MAX } from '../limits.js'
import { followWebsites, type WebsiteNews } from './follow-websites.js'
import type { WebsiteRef } from './website-type.js'

export function addWebsiteSubscription(builder: Builder, website: WebsiteRef): void {
  const cause = builder.enumType('WebsiteChangeCause', {
    description: 'Why a website is told of.',
    values: {
      CURRENT: { description: 'It was there when the subscription began.' },
      CREATED: { description: 'It was registered.' },
      UPDATED: { description: 'A setting or a maintenance window of it was changed.' },
      DELETED: { description: 'It was deleted; this is how it last was.' },
      ROUND_ENDED: { description: 'A round that asked for it has ended.' },
    } satisfies Record<WebsiteNews['cause'], object>,
  })
  const change = builder.objectRef<WebsiteNews>('WebsiteChange').implement({
    description: 'Something about a website.',
    fields: (t) => ({
      cause: t.expose('cause', {
        type: cause,
        description: 'Why; of several changes that the subscriber was too slow for, the newest.',
      }),
      website: t.field({
        type: website,
        description: 'The website as it is by now.',
        resolve: (news) => news.website,
      }),
      sequence: t.expose('sequence', {
        type: 'BigInt',
        nullable: true,
        description:
          'Goes up with every verdict on the website; null before the first. An event with a lower one than was told before is older.',
      }),
    }),
  })
  builder.subscriptionField('websiteChanged', (t) =>
    t.field({
      audience: 'OWNER',
      type: change,
      description: "The caller's websites as they are, each with the cause CURRENT, then every change of them.",
      args: {
        ids: t.arg.idList({
          required: false,
          description: `Only these, at most ${WEBSITES_NAMED_MAX}; where it is left out all of them, also those that are registered later.`,
        }),
      },
      subscribe: (_root, { ids }, context) => {
        const userId = requireOwner(context)
        if (ids && ids.length > WEBSITES_NAMED_MAX) {
          throw fault(
            'BAD_USER_INPUT',
            `\`ids\` names ${ids.length} websites, and at most ${WEBSITES_NAMED_MAX} can be followed by name.`,
            {
              argument: 'ids',
              limit: WEBSITES_NAMED_MAX,
            },
          )
        }
        return followWebsites(context, userId, ids ? ids.map(String).filter(isUuid) : null)
      },
      resolve: (news) => news,
    }),
  )
}
