// Adds up the test runs of one CI run and prints the closing line.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

const folder = process.argv[2]
const reports = await Promise.all(
  (await readdir(folder)).map(async (file) => JSON.parse(await readFile(path.join(folder, file), 'utf8'))),
)
const total = (name) => reports.reduce((sum, report) => sum + report[name], 0)
const failed =
  total('numFailedTests') + reports.filter((report) => !report.success && report.numFailedTests === 0).length
const skipped = total('numPendingTests') + total('numTodoTests')
console.log(`${total('numPassedTests')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failed > 0 || reports.length === 0 ? 1 : 0)
