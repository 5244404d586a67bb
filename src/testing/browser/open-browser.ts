import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { describe } from 'vitest'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]
const executablePath = PLACES.find((place) => existsSync(place))
// eslint-disable-next-line node/no-process-env -- where tests run is the run's own affair
const isSkipped = executablePath === undefined && process.env['CI'] !== 'true'
if (isSkipped) process.stderr.write('SKIPPED: tests in a browser: no Chromium on this machine, and CI is not set\n')

/** For tests that need a browser: without one they are skipped, but never in CI. */
export const describeInBrowser = isSkipped ? describe.skip : describe

/** Whoever opens it closes it, which ends its processes. */
export function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(`There is no ${PLACES.join(' or ')}: apt-get install chromium.`)
  return chromium.launch({
    executablePath,
    // Chromium's sandbox refuses to run as root, as containers do.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  })
}
