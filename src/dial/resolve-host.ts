import { lookup, Resolver } from 'node:dns/promises'
import { askNameServers, type Question } from './ask-name-servers.js'
import { detailOf } from './dial-fault.js'
import type { Life } from './life.js'
import { RESOLUTION_DELAY_MS } from './limits.js'

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

/**
 * Asks the DNS by sockets of its own, for strangers' names: one that nobody answers takes no thread from the others.
 * Of several name servers the one that answered where others were silent is asked first from then on.
 */
export function resolveByDns(createResolver: () => Resolver = () => new Resolver()): HostResolver {
  let preferred: string | undefined
  return async (host, family, life) => {
    const servers = preferredFirst(createResolver().getServers(), preferred)
    const serverOf = new Map(servers.map((server) => [resolverOf(server, createResolver), server]))
    const resolvers = [...serverOf.keys()]
    const cancel = () => {
      for (const resolver of resolvers) resolver.cancel()
    }
    const ask = (question: Question) =>
      askNameServers(resolvers, question, (answered) => (preferred = serverOf.get(answered)))
    const asked = [
      ...(family === 6 ? [] : [ask((resolver) => resolver.resolve4(host))]),
      ...(family === 4 ? [] : [ask((resolver) => resolver.resolve6(host))]),
    ]
    life.hold({ destroy: cancel })
    await Promise.race([Promise.allSettled(asked), soonAfterFirst(asked)])
    cancel()
    return addressesIn(await Promise.allSettled(asked))
  }
}

/** Resolves a short while after addresses of one family are there, and never without any. */
function soonAfterFirst(asked: readonly Promise<string[]>[]): Promise<void> {
  return new Promise((resolve) => {
    // Without any, waiting for all ends it.
    Promise.any(asked).then(
      () => setTimeout(resolve, RESOLUTION_DELAY_MS),
      () => {},
    )
  })
}

function addressesIn(answers: readonly PromiseSettledResult<string[]>[]): string[] {
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  if (found.length > 0) return found
  const faults: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
  // That one family has no record says less than whatever is wrong with the other.
  throw faults.find((fault) => detailOf(fault, 'ENODATA') !== 'ENODATA') ?? faults[0]
}

function preferredFirst(servers: readonly string[], preferred: string | undefined): string[] {
  return servers.toSorted((one, other) => Number(other === preferred) - Number(one === preferred))
}

function resolverOf(server: string, createResolver: () => Resolver): Resolver {
  const resolver = createResolver()
  resolver.setServers([server])
  return resolver
}
