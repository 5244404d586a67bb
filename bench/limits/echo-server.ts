/** JSON over `ws` and nothing else: parses each message and answers with a small object. */
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { answerCommands } from '../answer-commands.js'

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', (socket) => {
  socket.on('message', (text: Buffer) => {
    const { data } = JSON.parse(text.toString('utf8')) as { data: { callbackId: string } }
    socket.send(JSON.stringify({ type: 'stored', callbackId: data.callbackId }))
  })
})

answerCommands(async () => (server.address() as AddressInfo).port)
