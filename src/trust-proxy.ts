import proxyAddr from 'proxy-addr'

/** Proxies that are believed: none, a number of hops in front of the hub, or addresses and networks. */
export type TrustProxy = null | number | readonly string[]

const HOPS_MAX = 20

/** Undefined when the text is neither a number of hops nor a list of addresses. */
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
