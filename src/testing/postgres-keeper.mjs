// Runs PostgreSQL and ends it with itself: whoever started this may be killed, and the server must not stay behind. The
// one who started it may also have it stopped (a signal's name) and started again ('start'), on the same folder.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const [folder, uid, gid, program, ...options] = process.argv.slice(2)
const identity = uid === '' ? {} : { uid: Number(uid), gid: Number(gid) }
let server = null
let isLeaving = false

function start() {
  server = spawn(program, options, { ...identity, cwd: folder, stdio: 'ignore' })
  server.once('exit', () => {
    server = null
    if (isLeaving) leave()
    else if (process.connected) process.send?.({ ended: true })
  })
  process.send?.({ pid: server.pid })
}

// The folder goes with it, so there is nothing to end well.
function leave() {
  isLeaving = true
  if (server) return void server.kill('SIGQUIT')
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  process.exit()
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, leave)
process.once('disconnect', leave)
process.on('message', (order) => {
  if (order === 'start') start()
  else server?.kill(order)
})
start()
