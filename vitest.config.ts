import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Pothos loads graphql's CommonJS build; a second copy beside it would be another realm.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['src/**/*.test.ts', 'docs/**/*.test.ts', 'bench/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['src/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['src/testing/fail-on-console.ts'],
  },
})
