import { lookup, Resolver } from 'node:dns/promises'
import { detailOf } from './dial-fault.js'
import type { Life } from './life.js'

export type Family = 0 | 4 | 6

/** All addresses of a name, in their order; rejects with a `code` when there are none. What it opens is held by `life`. */
export type HostResolver = (
  host: string,
  family: Family,
  life: Pick<Life, 'hold' | 'isOver'>,
) => Promise<readonly string[]>

/** The machine's own, with its hosts file: for one's own network. Each look-up holds one of the pool's few threads. */
export const systemResolver: HostResolver = async (host, family) =>
  (await lookup(host, { all: true, family, verbatim: true })).map(({ address }) => address)

/** Asks the DNS by sockets of its own, for strangers' names: one that nobody answers takes no thread from the others. */
export function resolveByDns(createResolver: () => Resolver = () => new Resolver()): HostResolver {
  return async (host, family, life) => {
    const resolver = createResolver()
    const asked = [
      ...(family === 6 ? [] : [resolver.resolve4(host)]),
      ...(family === 4 ? [] : [resolver.resolve6(host)]),
    ]
    life.hold({ destroy: () => resolver.cancel() })
    const answers = await Promise.allSettled(asked)
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length > 0) return found
    const faults: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    // That one family has no record says less than whatever is wrong with the other.
    throw faults.find((fault) => detailOf(fault, 'ENODATA') !== 'ENODATA') ?? faults[0]
  }
}
