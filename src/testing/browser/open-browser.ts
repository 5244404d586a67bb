import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { describe, it } from 'vitest'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]
const executablePath = PLACES.find((place) => existsSync(place))
// eslint-disable-next-line node/no-process-env -- where tests run is the run's own affair
const isCi = process.env['CI'] === 'true'

/** Its tests need a browser: without one they are skipped, and say so; in CI they fail. */
export function describeInBrowser(what: string, body: () => void): void {
  if (executablePath !== undefined) {
    describe(what, body)
  } else if (isCi) {
    it(what, () => {
      throw new Error(`There is no Chromium at ${PLACES.join(' or ')}: apt-get install chromium.`)
    })
  } else {
    process.stderr.write(`SKIPPED: ${what}: no Chromium on this machine, and CI is not set\n`)
    describe.skip(what, body)
  }
}

/** Whoever opens it closes it, which ends its processes. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    // Chromium's sandbox refuses to run as root, as containers do.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  })
}
