import { hubFault } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'

export function networkFault(hub: string, error: unknown): HubFault {
  return hubFault('UNREACHABLE', reachText(hub, errorCode(error)))
}

function reachText(hub: string, code: string): string {
  const { hostname } = new URL(hub)
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${hub}: start the hub there, or give its address with --hub.`
    case 'ENOTFOUND':
      return `There is no host named ${hostname}: check --hub.`
    case 'EAI_AGAIN':
      return `The name ${hostname} cannot be looked up now: check this machine's network and DNS.`
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return `There is no way from here to ${hub}: check this machine's network.`
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'TimeoutError':
      return `${hub} does not answer: check --hub and any firewall between.`
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'EPROTO':
      return `${hub} does not speak TLS: give its address with http:// instead of https:// if that is meant.`
    default:
      return isCertificateCode(code)
        ? `The certificate of ${hub} is not to be trusted (${code}): the hub's operator must renew or complete it.`
        : `The connection to ${hub} failed (${code}).`
  }
}

function isCertificateCode(code: string): boolean {
  return /CERT|ALTNAME|SELF_SIGNED|UNABLE_TO_/.test(code)
}

/** `fetch` hides the code in its cause, two attempts at one name in one error, and `ws` behind an event. */
function errorCode(error: unknown): string {
  if (!(error instanceof Object)) return String(error)
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('cause' in error && error.cause instanceof Object) return errorCode(error.cause)
  if ('error' in error && error.error instanceof Object) return errorCode(error.error)
  if ('name' in error && error.name === 'TimeoutError') return 'TimeoutError'
  return errorText(error)
}

export function errorText(error: unknown): string {
  return error instanceof Object && 'message' in error ? String(error.message) : String(error)
}
