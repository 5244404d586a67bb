import type { Builder, EnumRef, ObjectRef } from '../graph/builder.js'
import { ABSTENTION_REASONS, type AbstentionReason } from '../protocol/abstention.js'
import { atMost } from '../graph/items-max.js'
import type { AbstentionCount } from './abstention-count.js'

export interface AbstentionRefs {
  abstentionReason: EnumRef<AbstentionReason>
  abstentionCount: ObjectRef<AbstentionCount>
}

/** A list of `AbstentionCount`. */
export const EVERY_REASON = atMost(ABSTENTION_REASONS.length)

export function addAbstentionCount(builder: Builder): AbstentionRefs {
  const abstentionReason = builder.enumType('AbstentionReason', {
    description:
      "Why a validator could not check a website: by its own account, and a condition of its machine or network, never the website's.",
    values: {
      NO_NETWORK: { description: 'Its network is down: nothing answers.' },
      NO_RESOLVER: { description: 'Its name servers do not answer.' },
      NO_ADDRESS_FAMILY: { description: 'The website needs IPv4 or IPv6, and it has only the other.' },
      LOCAL_LIMIT: { description: 'Its machine ran out of files, ports or memory, or its own firewall refused.' },
      STALLED: { description: 'Its machine was suspended or too busy to measure.' },
      CLOCK_OFF: { description: "Its clock and the hub's differ too much to judge a certificate." },
      CAPTIVE_PORTAL: { description: 'A captive portal answers in place of websites.' },
      NO_TIME: { description: 'It had too many tasks to begin this one in time.' },
      NOT_PERMITTED: {
        description:
          'Its settings forbid the address, or it cannot do such a check. This lasts until somebody changes it.',
      },
      AGENT_FAULT: { description: 'Its program failed: a bug in the agent.' },
    } satisfies Record<AbstentionReason, object>,
  })
  const abstentionCount = builder.objectRef<AbstentionCount>('AbstentionCount').implement({
    description: 'How often websites could not be checked for one reason.',
    fields: (t) => ({
      reason: t.expose('reason', { type: abstentionReason, description: 'The reason.' }),
      count: t.exposeInt('count', { description: 'How often.' }),
    }),
  })
  return { abstentionReason, abstentionCount }
}
