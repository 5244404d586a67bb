import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'

import { onTestFinished } from 'vitest'

/** It stands still with a full queue from the beginning, so that the kernel drops what asks for a connection. */
const PROGRAM = `
  const fs = require('node:fs')
  const server = require('node:net').createServer((socket) => socket.on('error', () => {}))
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
    fs.writeSync(1, String(server.address().port))
    fs.readSync(0, Buffer.alloc(1))
  })
`
/** One more than the backlog. */
const QUEUE_LENGTH = 2

/** A server that takes no connection before it is released, as if it were far away. */
export async function serveSlowly(): Promise<{ port: number; release(): void }> {
  const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] })
  const fillers: ReturnType<typeof connect>[] = []
  onTestFinished(async () => {
    for (const filler of fillers) filler.destroy()
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  const port = Number(said.toString())
  for (let filled = 0; filled < QUEUE_LENGTH; filled += 1) {
    const filler = connect({ host: '127.0.0.1', port })
    fillers.push(filler.on('error', () => {}))
    await once(filler, 'connect')
  }
  return { port, release: () => void child.stdin.write('x') }
}
