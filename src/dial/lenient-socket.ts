import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { createHeadReader } from './head-reader.js'

/** A connection whose answer has a head that Node's parser takes, where browsers take it. */
export function lenientSocket(socket: Socket, onStatus: (httpStatus: number) => void): Duplex {
  const reader = createHeadReader(onStatus)
  const lenient = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (chunk: Buffer) => {
    const read = reader.read(chunk)
    if (read instanceof Error) lenient.destroy(read)
    else if (read.length > 0 && !lenient.push(read)) socket.pause()
  })
  socket.once('end', () => lenient.push(null))
  socket.on('error', (error) => lenient.destroy(error))
  socket.once('close', () => lenient.destroy())
  return lenient
}
