import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig } from 'vitest/config'

/** What is long by nature is named so, and run by `npm run test:long`. */
const LONG = '**/*.long.test.ts'

/** The documents' commands are waited for more than they work: begun last, they would keep the others' core idle. */
class DocumentsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isDocuments = ({ moduleId }: TestSpecification) => moduleId.includes('/docs/testing/documents.')
    return [...sorted.filter(isDocuments), ...sorted.filter((file) => !isDocuments(file))]
  }
}

export default defineConfig(({ mode }) => ({
  // Pothos loads graphql's CommonJS build; a second copy beside it would be another realm.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: mode === 'long' ? [LONG] : ['{src,docs,bench,web}/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(mode === 'long' ? [] : [LONG])],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['src/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Modules keep no state between files, and loading them takes 1.5 s: once a process.
    isolate: false,
    sequence: { sequencer: DocumentsFirst },
    setupFiles: ['src/testing/setup-file.ts'],
  },
}))
