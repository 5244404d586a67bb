import type { Resolver } from 'node:dns/promises'
import { detailOf } from './dial-fault.js'
import { NAME_SERVER_DELAY_MS } from './limits.js'

/** What a look-up asks of one name server. */
export type Question = (resolver: Resolver) => Promise<string[]>

/** Codes of a name server that is not there, rather than one that has an opinion. */
const ABSENT = new Set(['ECONNREFUSED', 'ETIMEOUT'])
/** They say of the name what every other name server would say, too. */
const FINAL = new Set(['ENOTFOUND', 'ENODATA', 'ECANCELLED'])

/**
 * Asks name servers in their order: the next at once where one fails, and beside it when it stays silent for a while.
 * `onSilence` hears of the one that answered where all before it were not there.
 */
export function askNameServers(
  resolvers: readonly Resolver[],
  question: Question,
  onSilence: (answered: Resolver) => void,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const present = new Set<Resolver>()
    const waiting = [...resolvers]
    let asked = 0
    let failed = 0
    let timer: NodeJS.Timeout | undefined

    const settle = (answered: Resolver, end: () => void) => {
      clearTimeout(timer)
      waiting.length = 0
      if (answered !== resolvers[0] && present.size === 0) onSilence(answered)
      end()
    }
    const askNext = () => {
      clearTimeout(timer)
      const resolver = waiting.shift()
      if (resolver === undefined) return
      asked += 1
      question(resolver).then(
        (found) => settle(resolver, () => resolve(found)),
        (fault: unknown) => {
          const code = detailOf(fault, 'ENODATA')
          if (FINAL.has(code)) return settle(resolver, () => reject(fault))
          failed += 1
          if (!ABSENT.has(code)) present.add(resolver)
          askNext()
          if (failed === asked) reject(fault)
        },
      )
      if (waiting.length > 0) timer = setTimeout(askNext, NAME_SERVER_DELAY_MS)
    }
    askNext()
  })
}
