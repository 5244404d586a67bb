import type { TestTemplate } from '../test-template.js'
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
  /** For titles, which say so where they don't. */
  skipped: string
}

/** Which database the hub has is no matter of these tests: once is enough. */
export async function readNamespaceSwitches({ kind }: TestTemplate): Promise<NamespaceSwitches> {
  const whyNot = kind === 'pglite' ? await whyNoNamespaces(isCi) : 'they run on the embedded database only'
  return {
    isWanted: ({ when }) => isFull || when === 'CI',
    whyNot,
    skipped: whyNot === null ? '' : ` (SKIPPED, tests in network namespaces: ${whyNot})`,
  }
}
