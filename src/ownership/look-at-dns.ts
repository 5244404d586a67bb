import { OWNERSHIP_LOOK_MS } from './limits.js'
import { TOKEN_NAME } from './ownership-token.js'
import { SEEN, type Sighting, unseen } from './sighting.js'

/** What answers questions for TXT records; Node's own `Resolver` does. Nobody waits for it once it is cancelled. */
export interface TxtResolver {
  resolveTxt(name: string): Promise<string[][]>
  cancel(): void
}

export interface DnsClaim {
  dnsName: string
  /** The host's own; the record may stand there too. */
  name: string
  token: string
}

/** There is no such name, none of that type, or it is too long to be one. */
const NONE_CODES = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME'])
const SHOWN_MAX = 100

/** Looks for a token in the TXT records of a host. @param timeoutMs for all of it, however many servers are asked. */
export async function lookAtDns(
  resolver: TxtResolver,
  { dnsName, name, token }: DnsClaim,
  timeoutMs: number = OWNERSHIP_LOOK_MS,
): Promise<Sighting> {
  const timer = setTimeout(() => resolver.cancel(), timeoutMs)
  const [atLabel, atName] = await Promise.all([readTxt(resolver, dnsName), readTxt(resolver, name)])
  clearTimeout(timer)
  if ([atLabel, atName].some((found) => typeof found !== 'string' && found.includes(token))) return SEEN
  const wanted = `There should be a TXT record \`${token}\` at ${dnsName} or at ${name}`
  const found = `At ${dnsName} ${describe(atLabel)}, at ${name} ${describe(atName)}`
  const kind = typeof atLabel === 'string' || typeof atName === 'string' ? 'UNREACHABLE' : 'ABSENT'
  return unseen(kind, `${wanted}. ${found}. A new record may take some time to be seen everywhere.`)
}

/** The records, each in one piece; the resolver's code when it has no answer. */
async function readTxt(resolver: TxtResolver, name: string): Promise<string[] | string> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given'
    return NONE_CODES.has(code) ? [] : code
  }
}

function describe(found: string[] | string): string {
  if (typeof found === 'string') return `the name servers gave no answer (${found})`
  if (found.length === 0) return 'there is none'
  const other = found.find((record) => record.startsWith(TOKEN_NAME))
  const count = found.length === 1 ? 'is one other' : `are ${found.length} others`
  return other === undefined ? `there ${count}` : `there ${count}, among them \`${other.slice(0, SHOWN_MAX)}\``
}
