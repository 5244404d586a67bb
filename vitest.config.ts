import { defineConfig } from 'vitest/config'

/** What is long by nature is named so, and run by `npm run test:long`. */
const LONG = '**/*.long.test.ts'

export default defineConfig(({ mode }) => ({
  // Pothos loads graphql's CommonJS build; a second copy beside it would be another realm.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: mode === 'long' ? [LONG] : ['{src,docs,bench}/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(mode === 'long' ? [] : [LONG])],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['src/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Modules keep no state between files, and loading them takes 1.5 s: once a process.
    isolate: false,
    setupFiles: ['src/testing/setup-file.ts'],
  },
}))
