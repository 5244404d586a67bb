// Runs PostgreSQL and ends it with itself: whoever started this may be killed, and the server must not stay behind.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const [folder, uid, gid, program, ...options] = process.argv.slice(2)
const identity = uid === '' ? {} : { uid: Number(uid), gid: Number(gid) }
const server = spawn(program, options, { ...identity, cwd: folder, stdio: 'ignore' })
server.once('exit', () => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  process.exit()
})
// Ctrl-C reaches the server too; what comes to this process is to end it at once, for the folder goes with it.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill('SIGQUIT'))
process.once('disconnect', () => server.kill('SIGQUIT'))
process.send?.(server.pid)
