import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A pooler in front of a PostgreSQL on loopback that asks for no password, as pgbouncer is one. */
export interface Pooler {
  port: number
  close(): Promise<void>
}

const AUTHENTICATED = Buffer.of(0x52, 0, 0, 0, 8, 0, 0, 0, 0)
/** A process that no server has. */
const KEY = Buffer.of(0x4b, 0, 0, 0, 12, 0x7f, 0xff, 0xff, 0xfe, 0, 0, 0, 1)
const READY = Buffer.of(0x5a, 0, 0, 0, 5, 0x49)
const READY_TYPE = 0x5a
const IDLE = 0x49
const TERMINATE = 0x58

/** @param mode is how long a client keeps the server's connection: all transactions of `TRANSACTION` share a single one. */
export async function startPooler(targetPort: number, mode: 'TRANSACTION' | 'SESSION'): Promise<Pooler> {
  const sockets = new Set<Socket>()
  let shared: Promise<Socket> | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const openServer = async (startup: Buffer) => {
    const server = connect(targetPort, '127.0.0.1')
    sockets.add(server)
    server.on('error', () => undefined)
    server.write(startup)
    await untilIdle(server, () => undefined)
    return server
  }
  const serveSession = async (client: Socket, startup: Buffer) => {
    const server = await openServer(startup)
    client.on('data', (message) => server.write(message))
    server.on('data', (answer) => client.write(answer))
    client.on('close', () => server.destroy())
    client.write(Buffer.concat([AUTHENTICATED, KEY, READY]))
  }
  const serveTransactions = async (client: Socket, startup: Buffer) => {
    const server = await (shared ??= openServer(startup))
    const waiting: Buffer[] = []
    let isInside = false
    const take = async () => {
      isInside = true
      server.write(Buffer.concat(waiting.splice(0)))
      await untilIdle(server, (answer) => client.write(answer))
      isInside = false
    }
    client.on('data', (message) => {
      if (message[0] === TERMINATE) return
      if (isInside) server.write(message)
      else if (waiting.push(message) === 1) turn = turn.then(take)
    })
    client.write(Buffer.concat([AUTHENTICATED, KEY, READY]))
  }
  const serve = (client: Socket) => {
    sockets.add(client)
    client.on('error', () => undefined)
    client.once('data', (startup) => {
      void (mode === 'SESSION' ? serveSession(client, startup) : serveTransactions(client, startup))
    })
  }
  const listener = createServer(serve).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        listener.close(resolve)
      })
    },
  }
}

/** Resolves when the server says that it is in no transaction, or is gone. */
async function untilIdle(server: Socket, pass: (bytes: Buffer) => void): Promise<void> {
  let rest = Buffer.alloc(0)
  await new Promise<void>((resolve) => {
    const end = () => {
      server.off('data', take)
      server.off('close', end)
      resolve()
    }
    const take = (bytes: Buffer) => {
      pass(bytes)
      rest = Buffer.concat([rest, bytes])
      while (rest.length > 4 && rest.length > rest.readInt32BE(1)) {
        const isIdle = rest[0] === READY_TYPE && rest[5] === IDLE
        rest = rest.subarray(1 + rest.readInt32BE(1))
        if (isIdle && rest.length === 0) end()
      }
    }
    server.on('data', take)
    server.on('close', end)
  })
}
