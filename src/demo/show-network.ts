import { tableLines, validatorsText, WEBSITE_HEADING, websiteLines } from './describe-network.js'
import type { NetworkView } from './network-view.js'

export interface Screen {
  out(line: string): void
  /** Writes text as it is, including control sequences. */
  draw(text: string): void
  /** Null where nothing can be drawn over. */
  terminalSize(): { columns: number; rows: number } | null
  showsColours: boolean
}

export interface NetworkDisplay {
  /** `footer` is the line under the table, on a terminal only. */
  show(view: NetworkView, footer: string): void
}

const GREEN = '\u001B[32m'
const RED = '\u001B[31m'
const PLAIN = '\u001B[39m'
const DIM = '\u001B[2m'
const BRIGHT = '\u001B[22m'

/** On a terminal one table that is redrawn; elsewhere some lines after each round. */
export function createDisplay(screen: Screen, roundsMax: number): NetworkDisplay {
  let drawnCount = 0
  let printedCount = 0
  return {
    show(view, footer) {
      const size = screen.terminalSize()
      const lines = [...tableLines(view), '', footer]
      if (size === null || size.rows <= lines.length) {
        if (view.roundCount > printedCount) printRound(screen, view, roundsMax)
        printedCount = view.roundCount
        return
      }
      const up = drawnCount > 0 ? `\u001B[${drawnCount}F\u001B[J` : ''
      // A wrapped line would take two rows, and the next table would be drawn in the wrong place.
      const clipped = lines.map((line) => line.slice(0, size.columns - 1))
      screen.draw(`${up}${clipped.map((line) => (screen.showsColours ? colour(line) : line)).join('\n')}\n`)
      drawnCount = lines.length
    },
  }
}

function printRound({ out }: Screen, view: NetworkView, roundsMax: number): void {
  const timeOfDay = new Date(view.roundAt ?? 0).toLocaleTimeString('en-GB')
  out(`round ${view.roundCount} of ${roundsMax}, ${timeOfDay}`)
  for (const line of [WEBSITE_HEADING, ...websiteLines(view)]) out(`  ${line}`)
  out(`  ${validatorsText(view)}`)
}

function colour(line: string): string {
  if (/^[A-Z]{2}/.test(line)) return `${DIM}${line}${BRIGHT}`
  return line.replace(/ Good /, ` ${GREEN}Good${PLAIN} `).replace(/ Bad /, ` ${RED}Bad${PLAIN} `)
}
