import type { Fault } from './fault.js'
import { LINE_FAULTS, WEBSITE_FAULTS } from './line-faults.js'

const LONELY = new Set([
  'black hole at the gateway',
  'gateway without a line, which answers unreachable',
  'blip of 8 s',
])
/** Those of a line that also befall validators of one website, of which no other shows that the line is at fault. */
export const LONELY_FAULTS: readonly Fault[] = LINE_FAULTS.filter(({ name }) => LONELY.has(name))
/** It takes a minute until beacons may be asked again. */
export const LONELY_WEBSITE_FAULTS: readonly Fault[] = WEBSITE_FAULTS.map((fault) => ({
  ...fault,
  when: 'FULL',
  recovers: 'SLOWLY',
}))
