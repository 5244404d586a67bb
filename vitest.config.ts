import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig } from 'vitest/config'

/** What is long by nature is named so, and run by `npm run test:long`. */
const LONG = '**/*.long.test.ts'
/** Of those, what takes a machine for itself: a dozen validators in trouble, whom no other test may trouble. */
const ALONE = '**/troubled-*.long.test.ts'
const FOREIGN = '**/node_modules/**'

/** The documents' commands are waited for more than they work: begun last, they would keep the others' core idle. */
class DocumentsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isDocuments = ({ moduleId }: TestSpecification) => moduleId.includes('/docs/testing/documents.')
    return [...sorted.filter(isDocuments), ...sorted.filter((file) => !isDocuments(file))]
  }
}

const common = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
  maxWorkers: 2,
  // Modules keep no state between files, and loading them takes 1.5 s: once a process.
  isolate: false,
  setupFiles: ['src/testing/setup-file.ts'],
}
const globalSetup = ['src/testing/global-setup.ts']
const sequencer = DocumentsFirst
// Pothos loads graphql's CommonJS build; a second copy beside it would be another realm.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] }

const LONG_PROJECTS = [
  { name: 'long', include: [LONG], exclude: [FOREIGN, ALONE], sequence: { groupOrder: 0 } },
  { name: 'alone', include: [ALONE], exclude: [FOREIGN], maxWorkers: 1, sequence: { groupOrder: 1 } },
]

export default defineConfig(({ mode }) => ({
  resolve,
  test:
    mode === 'long'
      ? {
          sequence: { sequencer },
          projects: LONG_PROJECTS.map((project) => ({ resolve, test: { ...common, globalSetup, ...project } })),
        }
      : {
          ...common,
          globalSetup,
          sequence: { sequencer },
          include: ['{src,docs,bench,web}/**/*.test.ts'],
          exclude: [FOREIGN, LONG],
        },
}))
