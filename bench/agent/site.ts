/** A small page on this machine; one connection for each request, as the agent asks for. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerCommands } from '../answer-commands.js'

const PAGE = '<!doctype html><title>up</title>'.padEnd(2_000, ' ')
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': PAGE.length }).end(PAGE)
})
server.listen(0, '127.0.0.1')

answerCommands(async () => (server.address() as AddressInfo).port)
