import { certificateFault } from './certificate-fault.js'
import { hubFault } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'

/** `code` as the system, OpenSSL or `dial/` names what went wrong. */
export function networkFault(hub: string, code: string): HubFault {
  return certificateFault(hub, code) ?? hubFault('UNREACHABLE', reachText(hub, code), { code })
}

function reachText(hub: string, code: string): string {
  const { hostname } = new URL(hub)
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${hub}: start the hub there, or give its address with --hub.`
    case 'ENOTFOUND':
    case 'ENODATA':
      return `There is no host named ${hostname}: check --hub.`
    case 'EAI_AGAIN':
      return `The name ${hostname} cannot be looked up now: check this machine's network and DNS.`
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
      return `There is no way from here to ${hub}: check this machine's network.`
    case 'ETIMEDOUT':
      return `${hub} does not answer: check --hub and any firewall between.`
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'EPROTO':
      return `${hub} does not speak TLS: give its address with http:// instead of https:// if that is meant.`
    default:
      return `The connection to ${hub} failed (${code}).`
  }
}
