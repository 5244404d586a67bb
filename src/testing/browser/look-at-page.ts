import type { Page } from 'playwright-core'

interface Violation {
  id: string
  nodes: { target: string[]; failureSummary: string }[]
}

interface BrowserWindow {
  axe: { run(root: unknown, options: object): Promise<{ violations: Violation[] }> }
  document: { documentElement: { scrollWidth: number; clientWidth: number } }
}

const WIDTHS = [1440, 360]
const SCHEMES = ['light', 'dark'] as const

/** What axe has against the page, and where it is wider than the screen: light and dark, wide and narrow. */
export async function findPageFaults(page: Page): Promise<string[]> {
  const faults: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      faults.push(...(await lookOnce(page)).map((fault) => `${colorScheme}, ${width} px: ${fault}`))
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  return faults
}

function lookOnce(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe, document } = globalThis as unknown as BrowserWindow
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    const { scrollWidth, clientWidth } = document.documentElement
    return [
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
      ),
      ...(scrollWidth > clientWidth ? [`${scrollWidth} px wide`] : []),
    ]
  })
}
