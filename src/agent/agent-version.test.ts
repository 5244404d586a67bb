import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { AGENT_VERSION, userAgent } from './agent-version.js'

test('the version is that of the package', () => {
  const packageFile = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  expect(JSON.parse(packageFile)).toMatchObject({ version: AGENT_VERSION })
})

test('the user agent names the software and where to complain', () => {
  expect(userAgent('https://hub.example')).toBe(`overlaps-validator/${AGENT_VERSION} (+https://hub.example)`)
})
