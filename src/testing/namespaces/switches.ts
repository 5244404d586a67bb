import { whyNoNamespaces } from './needed.js'

/* eslint-disable node/no-process-env -- the test run's own switches */
/** `npm run test:long -- --full`. */
const isFull = process.env['OVERLAPS_TEST_ALL_FAULTS'] === '1'
const isCi = process.env['CI'] === 'true'
/* eslint-enable node/no-process-env */

export interface NamespaceSwitches {
  isWanted(fault: { when: 'CI' | 'FULL' }): boolean
  /** Null where the tests run. */
  whyNot: string | null
  /** A title that says so where they don't. */
  title(name: string): string
}

export async function readNamespaceSwitches(): Promise<NamespaceSwitches> {
  const whyNot = await whyNoNamespaces(isCi)
  return {
    isWanted: ({ when }) => isFull || when === 'CI',
    whyNot,
    title: (name) => (whyNot === null ? name : `${name} (SKIPPED: network namespaces: ${whyNot})`),
  }
}
