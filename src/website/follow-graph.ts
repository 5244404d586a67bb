import type { Builder } from '../graph/builder.js'
import { validate as isUuid } from 'uuid'
import { ownerIn } from '../graph/actor.js'
import { fault } from '../graph/fault.js'
import { WEBSITES_NAMED_MAX } from '../limits.js'
import { followWebsites, type WebsiteNews } from './follow-websites.js'
import type { WebsiteRef } from './website-type.js'

export function addWebsiteSubscription(builder: Builder, website: WebsiteRef): void {
  const cause = builder.enumType('WebsiteChangeCause', {
    description: 'Why a change of a website is reported.',
    values: {
      CURRENT: { description: 'It was there when the subscription began.' },
      CREATED: { description: 'It was registered.' },
      UPDATED: { description: 'One of its settings or maintenance windows was changed.' },
      DELETED: { description: 'It was deleted; this is how it last was.' },
      ROUND_ENDED: { description: 'A round that asked for it has ended.' },
    } satisfies Record<WebsiteNews['cause'], object>,
  })
  const change = builder.objectRef<WebsiteNews>('WebsiteChange').implement({
    description: 'A change of a website.',
    fields: (t) => ({
      cause: t.expose('cause', {
        type: cause,
        description: 'Why it is reported. If the subscriber was too slow for several changes, the newest.',
      }),
      website: t.field({
        type: website,
        description: 'The website as it is now.',
        resolve: (news) => news.website,
      }),
      sequence: t.expose('sequence', {
        type: 'BigInt',
        nullable: true,
        description:
          'Increases with every verdict on the website; null before the first. An event with a lower number than an earlier one is older.',
      }),
    }),
  })
  builder.subscriptionField('websiteChanged', (t) =>
    t.field({
      audience: 'OWNER',
      type: change,
      description: "The caller's websites as they are now, each with the cause CURRENT, then every change.",
      args: {
        ids: t.arg.idList({
          required: false,
          description: `Only these websites, at most ${WEBSITES_NAMED_MAX}. If left out, all of them, including those added later.`,
        }),
      },
      subscribe: (_root, { ids }, context) => {
        const { userId } = ownerIn(context)
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
