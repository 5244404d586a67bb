import { isExempt } from './no-proxy.js'
import type { HubProxy } from './hub-proxy.js'

export type Environment = Record<string, string | undefined>

export type ProxyFound = { kind: 'found'; proxy: HubProxy | null } | { kind: 'fault'; message: string }

const NONE: ProxyFound = { kind: 'found', proxy: null }

/** The proxy that the environment names for this hub. One over plain http is reached without: no proxy should read its session. */
export function readProxy(hub: string, env: Environment): ProxyFound {
  const url = new URL(hub)
  const [variable, value] = firstSet(env, ['https_proxy', 'HTTPS_PROXY'])
  if (url.protocol !== 'https:' || value === '') return NONE
  const [, exemptions] = firstSet(env, ['no_proxy', 'NO_PROXY'])
  if (isExempt(url, exemptions)) return NONE
  const proxy = parseProxy(value, variable)
  // The value may hold a password.
  return proxy === null
    ? {
        kind: 'fault',
        message: `${variable}: expected a proxy such as http://proxy.example:3128, with user:password@ before the host where it wants them.`,
      }
    : { kind: 'found', proxy }
}

/** As curl reads them: small letters come first. */
function firstSet(env: Environment, variables: [string, string]): [variable: string, value: string] {
  const [small, large] = variables
  const value = env[small]?.trim() ?? ''
  return value === '' ? [large, env[large]?.trim() ?? ''] : [small, value]
}

function parseProxy(value: string, variable: string): HubProxy | null {
  try {
    const url = new URL(value.includes('://') ? value : `http://${value}`)
    const isPlain = url.pathname.length <= 1 && url.search + url.hash === ''
    if (!isPlain || !/^https?:$/.test(url.protocol)) return null
    const { origin, username, password } = url
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    const authorization = credentials === ':' ? null : `Basic ${Buffer.from(credentials).toString('base64')}`
    return { origin, authorization, variable }
  } catch {
    return null
  }
}
