import proxyAddr from 'proxy-addr'

/**
 * Which proxies are believed when they say whose a request is: none; so many that stand one behind the other in front of
 * the hub; or those of some addresses and networks.
 */
export type TrustProxy = null | number | readonly string[]

const HOPS_MAX = 20

/** How many proxies are believed, or which; undefined for a text that says neither. */
export function parseTrustProxy(text: string): number | readonly string[] | undefined {
  if (/^\d+$/.test(text)) {
    const hops = Number(text)
    return hops >= 1 && hops <= HOPS_MAX ? hops : undefined
  }
  const list = text.split(',').map((part) => part.trim())
  try {
    proxyAddr.compile(list)
    return list
  } catch {
    return undefined
  }
}
