import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import { answerMessage, readQuestion } from '../dial/dns-message.js'
import { BEACON, homeOf, HOMES_MAX, PORTAL, resolversOf } from './addresses.js'
import type { BeaconRequest, FromWorld, PortalManner, ResolverMood, ToWorld } from './world-messages.js'
import { answerName } from './world-names.js'
import { KEYWORD } from './websites.js'

/** The program that is the small internet: websites, name servers, beacons and a portal, each by its address. */

/** So long the very many websites wait, so that very many checks run at once. */
const SLOW_MS = 300

const folder = process.argv[2] ?? '.'
const moods = new Map<number, ResolverMood>()
const manners = new Map<number, PortalManner>()
const tell = (message: FromWorld) => void process.send?.(message)

function tellBeacon(from: string, kind: BeaconRequest['kind']): void {
  const home = homeOf(from)
  if (home !== null) tell({ kind: 'BEACON', request: { home, kind, at: Date.now() } })
}

const plainly = (address = '') => address.replace(/^::ffff:/, '')
const isOneOf = (addresses: { v4: string; v6: string }, address: string) =>
  address === addresses.v4 || address === addresses.v6

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request
  const local = plainly(socket.localAddress)
  const host = request.headers.host ?? ''
  if (isOneOf(PORTAL, local)) return answerAsPortal(request, response)
  if (host === BEACON.portalName) {
    tellBeacon(socket.remoteAddress ?? '', 'PORTAL')
    response.end(BEACON.portalText)
  } else if (host === 'sick.down.example') response.writeHead(500).end('sick')
  else if (host === 'moved.up.example') response.writeHead(302, { location: 'http://a.up.example/moved' }).end()
  else setTimeout(() => response.end(`<p>${KEYWORD}</p>`), /^n\d/.test(host) ? SLOW_MS : 0)
}

function answerAsPortal({ socket, headers }: IncomingMessage, response: ServerResponse): void {
  const manner = manners.get(homeOf(socket.remoteAddress ?? '') ?? 0) ?? 'PAGE'
  const isOwnPage = headers.host === 'login.portal.example'
  if (manner === 'PAGE' || isOwnPage) response.end(`<h1>Welcome</h1><p>${KEYWORD}</p>`)
  else {
    const location = `${manner === 'REDIRECT' ? 'http' : 'https'}://login.portal.example/`
    response.writeHead(302, { location }).end()
  }
}

const pem = (name: string) => readFileSync(path.join(folder, `${name}.pem`))
const contextOf = (name: string) => createSecureContext({ key: pem('key'), cert: pem(name) })
const contexts = new Map(
  ['month', 'young', 'short', 'expired', 'portal', 'ordinary'].map((name) => [name, contextOf(name)]),
)
const certificateFor = (server: string) =>
  server === 'login.portal.example'
    ? 'portal'
    : contexts.has(server.split('.')[0] ?? '')
      ? server.split('.')[0]
      : 'ordinary'

function serveWebsites(): Promise<unknown> {
  const plain = createServer(answer).listen(80, '::')
  const portal = createServer(answer).listen(8080, '::')
  const secure = createTlsServer(
    {
      key: pem('key'),
      cert: pem('ordinary'),
      SNICallback: (server, done) => done(null, contexts.get(certificateFor(server) ?? 'ordinary')),
    },
    answer,
  )
  secure.on('connection', (socket: IncomingMessage['socket']) => {
    const isBeacon = isOneOf(BEACON, plainly(socket.localAddress))
    if (isBeacon) tellBeacon(socket.remoteAddress ?? '', 'CONNECT')
  })
  secure.listen(443, '::')
  // What a portal does with TLS that was meant for others.
  const bluff = createTlsServer(
    {
      key: pem('key'),
      cert: pem('self-signed'),
      SNICallback: (server, done) =>
        done(null, server === 'login.portal.example' ? contexts.get('portal') : contextOf('self-signed')),
    },
    answer,
  ).listen(8443, '::')
  const servers = [plain, portal, secure, bluff]
  return Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))))
}

function serveNames(home: number, address: string): Promise<void> {
  const server = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  server.on('message', (query, { port, address: from }) => {
    const question = readQuestion(query)
    if (question.name === BEACON.name) tellBeacon(from, 'NAME')
    const message = answerMessage(query, answerName(question, moods.get(home) ?? 'WELL'))
    if (message !== null) server.send(message, port, from)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.bind(53, address, resolve)
  })
}

process.on('message', (message: ToWorld) => {
  if (message.kind === 'RESOLVER') moods.set(message.home, message.mood)
  else manners.set(message.home, message.manner)
})
// It ends with the test that started it, however that ends.
process.on('disconnect', () => process.exit())

await serveWebsites()
for (let home = 1; home <= HOMES_MAX; home++)
  for (const address of Object.values(resolversOf(home))) await serveNames(home, address)
tell({ kind: 'READY' })
