import type { Check } from '../../protocol/check.js'
import { WEBSITE } from './addresses.js'

/** A website of the small internet, and what is true of it while nothing is the matter with the network. */
export interface SmallWebsite {
  url: string
  truth: 'UP' | 'DOWN'
  /** What a validator needs in order to reach it. */
  needs: readonly Need[]
  check: Partial<Check>
}
export type Need = 'RESOLVER' | 'V4' | 'V6' | 'ANY_FAMILY' | 'HTTP' | 'CLOCK'

/** Short, so that one that begins late still ends in a round of 5 s. */
const QUICK = { timeoutMs: 1_500 }
export const KEYWORD = 'all is well'

const up = (url: string, needs: readonly Need[], check: Partial<Check> = {}): SmallWebsite => ({
  url,
  truth: 'UP',
  needs,
  check: { ...QUICK, ...check },
})
const down = (url: string, needs: readonly Need[]): SmallWebsite => ({ url, truth: 'DOWN', needs, check: QUICK })

const named = ['RESOLVER', 'V4'] as const
const UP = [
  up('http://a.up.example/', [...named, 'HTTP']),
  up('http://b.up.example/', [...named, 'HTTP']),
  up('http://both.up.example/', ['RESOLVER', 'ANY_FAMILY', 'HTTP']),
  up('http://moved.up.example/', [...named, 'HTTP']),
  up(`http://${WEBSITE.up}/`, ['V4', 'HTTP']),
  up(`http://${WEBSITE.alsoUp}/`, ['V4', 'HTTP']),
  up('https://c.up.example/', named),
  up('https://d.up.example/', named),
  up('https://both.up.example/', ['RESOLVER', 'ANY_FAMILY']),
  up(`https://${WEBSITE.up}/`, ['V4']),
  up('http://v6.up.example/', ['RESOLVER', 'V6', 'HTTP']),
  up('https://v6.up.example/', ['RESOLVER', 'V6']),
  up(`http://[${WEBSITE.upOver6}]/`, ['V6', 'HTTP']),
  up('https://both.up.example/only-6', ['RESOLVER', 'V6'], { ipVersion: 'V6' }),
  up('http://key.up.example/', [...named, 'HTTP'], { keyword: KEYWORD, keywordMust: 'PRESENT' }),
  up('https://key.up.example/', named, { keyword: KEYWORD, keywordMust: 'PRESENT' }),
  up('http://fast.up.example/', [...named, 'HTTP'], { maxLatencyMs: 1_200 }),
  up('https://fast.up.example/', named, { maxLatencyMs: 1_200 }),
  up('https://month.up.example/', [...named, 'CLOCK'], { certificateDays: 30 }),
  up('https://young.up.example/', [...named, 'CLOCK']),
  up('https://short.up.example/', [...named, 'CLOCK']),
]
const DOWN = [
  down(`http://${WEBSITE.refused}/`, ['V4', 'HTTP']),
  down(`http://${WEBSITE.blackHole}/`, ['V4', 'HTTP']),
  down(`http://${WEBSITE.unreachable}/`, ['V4', 'HTTP']),
  down(`http://[${WEBSITE.refusedOver6}]/`, ['V6', 'HTTP']),
  down('http://broken.example/', ['RESOLVER']),
  down('http://nobody.example/', ['RESOLVER']),
  down('http://sick.down.example/', [...named, 'HTTP']),
  down('https://expired.down.example/', [...named, 'CLOCK']),
]

export const SMALL_WEBSITES: readonly SmallWebsite[] = [...UP, ...DOWN]

/** So many that a machine with few files cannot check all at once. */
export const MANY_WEBSITES: readonly SmallWebsite[] = [
  ...SMALL_WEBSITES,
  ...Array.from({ length: 300 - SMALL_WEBSITES.length }, (_none, index) => up(`http://n${index}.up.example/`, named)),
]

/** One alone, as many have at home: nothing else answers while it does not. */
export const ONE_WEBSITE: readonly SmallWebsite[] = SMALL_WEBSITES.filter(
  ({ url }) => url === `http://${WEBSITE.alsoUp}/`,
)
