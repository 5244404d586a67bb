import { lookup, Resolver } from 'node:dns/promises'
import { detailOf } from './dial-fault.js'
import type { Life } from './life.js'

/** The version of IP that is asked for; 0 for any. */
export type Family = 0 | 4 | 6

/**
 * All addresses of a name, in the order in which they are to be tried. Rejects with an error that has a `code` when there
 * are none. Whatever it opens is held by `life`.
 */
export type HostResolver = (
  host: string,
  family: Family,
  life: Pick<Life, 'hold' | 'isOver'>,
) => Promise<readonly string[]>

/**
 * The machine's own resolver with its hosts file and search rules, for one's own network. It works on libuv's thread pool,
 * four threads by default, and a look-up that nobody answers holds its thread for the resolver's own time-out.
 */
export const systemResolver: HostResolver = async (host, family) =>
  (await lookup(host, { all: true, family, verbatim: true })).map(({ address }) => address)

/**
 * Asks the DNS by sockets of its own, for strangers' names: one that nobody answers takes no thread from the others. No hosts
 * file and no search rules: a name that only this machine knows is no public one.
 */
export function resolveByDns(createResolver: () => Resolver = () => new Resolver()): HostResolver {
  return async (host, family, life) => {
    const resolver = createResolver()
    const asked = [
      ...(family === 6 ? [] : [resolver.resolve4(host)]),
      ...(family === 4 ? [] : [resolver.resolve6(host)]),
    ]
    // After the questions: in a life that is over they are called off at once.
    life.hold({ destroy: () => resolver.cancel() })
    const answers = await Promise.allSettled(asked)
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length > 0) return found
    const faults: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    // That one family has no record says less than whatever is wrong with the other.
    throw faults.find((fault) => detailOf(fault, 'ENODATA') !== 'ENODATA') ?? faults[0]
  }
}
