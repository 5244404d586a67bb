// Generates the Prisma client and Pothos' types. The CLI looks for a native schema engine that generating does not need
// and that would have to be downloaded: any executable that is not one keeps it quiet.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
const env = { PRISMA_HIDE_UPDATE_MESSAGE: '1', PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, ...process.env }
const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate'], { env, encoding: 'utf8' })
if (status !== 0) process.stderr.write(stdout + stderr)
process.exit(status ?? 1)
