import type { AbstentionReason } from '../../protocol/abstention.js'
import { type Abstained, abstained } from '../check/abstained.js'

/** What happened and what to do. */
const TROUBLES = {
  NO_ROUTE: [
    'NO_NETWORK',
    'This machine has no route to the network. Connect it, or look at its interfaces and routes (`ip address`, `ip route`).',
  ],
  DEAD: ['NO_NETWORK', 'Nothing outside answers this machine. Look at its connection and at the router before it.'],
  UNPROVEN: [
    'NO_NETWORK',
    'Nothing showed in time that the network works: no other website answered, and beacons are asked three times a minute at most. A later round will tell.',
  ],
  NO_RESOLVER: [
    'NO_RESOLVER',
    "This machine's name servers do not answer. Look at /etc/resolv.conf and at the name servers that it names.",
  ],
  NO_V4: [
    'NO_ADDRESS_FAMILY',
    'IPv4 leads nowhere from this machine, and these websites need it. Give the machine IPv4, or leave them to other validators.',
  ],
  NO_V6: [
    'NO_ADDRESS_FAMILY',
    'IPv6 leads nowhere from this machine, and these websites need it. Give the machine IPv6, or leave them to other validators.',
  ],
  UNCLEAR: [
    'CAPTIVE_PORTAL',
    'Whether a captive portal answers in place of websites could not be found out in time. It is asked again within a minute.',
  ],
  PORTAL: [
    'CAPTIVE_PORTAL',
    'A captive portal answers in place of websites. Log in to this network with a browser, or use another one.',
  ],
} as const satisfies Record<string, readonly [AbstentionReason, string]>

export type Trouble = keyof typeof TROUBLES

export function tellTrouble(trouble: Trouble): Abstained {
  const [reason, message] = TROUBLES[trouble]
  return abstained(reason, message)
}
