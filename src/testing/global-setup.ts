import type { TestProject } from 'vitest/node'
import 'vitest'
import { createTestTemplate, type TestTemplate } from './test-template.js'

declare module 'vitest' {
  interface ProvidedContext {
    template: TestTemplate
  }
}

/** Makes the database template once; `OVERLAPS_TEST_DATABASE_URL` runs the same suite on that PostgreSQL server. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // eslint-disable-next-line node/no-process-env -- the test run's own switch, read where it begins
  const { template, drop } = await createTestTemplate(process.env['OVERLAPS_TEST_DATABASE_URL'])
  project.provide('template', template)
  return drop
}
