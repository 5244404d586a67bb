/** Cookies of one check (RFC 6265), each for the very host that set it. */
export interface CookieJar {
  /** Takes `Set-Cookie` headers of an answer. */
  take(url: URL, lines: readonly string[]): void
  /** The `Cookie` header for a request, or null. */
  headerFor(url: URL): string | null
}

interface Cookie {
  name: string
  value: string
  host: string
  path: string
  secure: boolean
}

/** RFC 6265 §6.1 asks for as many of each host; a check needs no more altogether. */
const COOKIES_MAX = 50
const COOKIE_MAX_CHARACTERS = 4096
/** With several cookies of that length many servers refuse the request. */
const HEADER_MAX_CHARACTERS = 16 * 1024
/** No header may hold them. */
// eslint-disable-next-line no-control-regex -- those are what is looked for
const CONTROLS = /[\u0000-\u0008\u000A-\u001F\u007F]/

export function createCookieJar(now: () => number): CookieJar {
  let cookies: Cookie[] = []
  return {
    take(url, lines) {
      for (const line of lines) {
        const read = readCookie(url, line, now())
        if (read === null) continue
        const { cookie, isOver } = read
        const others = cookies.filter((kept) => !isSame(kept, cookie))
        cookies = isOver ? others : [...others, cookie].slice(-COOKIES_MAX)
      }
    },
    headerFor(url) {
      const fitting = cookies.filter((cookie) => belongsTo(cookie, url))
      // RFC 6265 §5.4: longer paths first, else as they came.
      fitting.sort((one, other) => other.path.length - one.path.length)
      const header = fitting.map(({ name, value }) => `${name}=${value}`).join('; ')
      return header === '' || header.length > HEADER_MAX_CHARACTERS ? null : header
    },
  }
}

function isSame(one: Cookie, other: Cookie): boolean {
  return one.name === other.name && one.host === other.host && one.path === other.path
}

function belongsTo({ host, path, secure }: Cookie, url: URL): boolean {
  const { pathname } = url
  const isWithin =
    pathname === path || (pathname.startsWith(path) && (path.endsWith('/') || pathname[path.length] === '/'))
  return host === url.hostname && isWithin && (!secure || url.protocol === 'https:')
}

/** RFC 6265 §5.2 and §5.3; null for what is to be ignored. */
function readCookie(url: URL, line: string, now: number): { cookie: Cookie; isOver: boolean } | null {
  const [pair = '', ...rest] = line.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(0, equals)).trim()
  const value = pair.slice(equals + 1).trim()
  if (name === '' || pair.length > COOKIE_MAX_CHARACTERS || CONTROLS.test(pair)) return null
  const attributes = new Map(rest.map(readAttribute))
  if (!coversHost(attributes.get('domain') ?? '', url.hostname)) return null
  const path = attributes.get('path') ?? ''
  const cookie = {
    name,
    value,
    host: url.hostname,
    path: path.startsWith('/') ? path : defaultPath(url.pathname),
    secure: attributes.has('secure'),
  }
  return { cookie, isOver: isOver(attributes, now) }
}

function readAttribute(text: string): [name: string, value: string] {
  const [name = '', ...value] = text.split('=')
  return [name.trim().toLowerCase(), value.join('=').trim()]
}

/** RFC 6265 §5.3, step 6. That it covers other hosts as well is of no use here. */
function coversHost(domain: string, host: string): boolean {
  const name = domain.replace(/^\./, '').toLowerCase()
  return name === '' || host === name || host.endsWith(`.${name}`)
}

/** RFC 6265 §5.1.4. */
function defaultPath(pathname: string): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')))
}

function isOver(attributes: ReadonlyMap<string, string>, now: number): boolean {
  const maxAge = attributes.get('max-age') ?? ''
  if (/^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0
  // Some write `-` between day, month and year, and a zone that is always GMT.
  const expires = Date.parse((attributes.get('expires') ?? '').replaceAll('-', ' '))
  return expires <= now
}
