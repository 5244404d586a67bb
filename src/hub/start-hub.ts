import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import type { Logger } from 'pino'
import { createBus } from '../bus.js'
import { systemClock, type MachineClock } from '../clock.js'
import { resolveByDns } from '../dial/resolve-host.js'
import { addToRollups } from '../history/add-to-rollups.js'
import { advanceIncidents } from '../incident/advance-incidents.js'
import { keepIncidents } from '../incident/keep-incidents.js'
import { CONNECTIONS_PER_ADDRESS_MAX, PING_INTERVAL_MS, SOCKET_INIT_MS, STOP_MS } from '../limits.js'
import { keepProofs } from '../ownership/keep-proofs.js'
import { createLookResolver } from '../ownership/look-resolver.js'
import { createOwnershipProver, type ProverOptions } from '../ownership/ownership-prover.js'
import { createPasswords, type Passwords } from '../passwords.js'
import { createFirstOwner } from '../owner/create-first-owner.js'
import { createRounds } from '../round/run-rounds.js'
import type { StartedRound } from '../round/start-round.js'
import { createSessionRegistry } from '../session/session-registry.js'
import type { Settings } from '../settings.js'
import { openHubKeys } from '../store/hub-keys.js'
import type { Store } from '../store/store.js'
import { createTurnstile } from '../turnstile.js'
import { createIntake } from '../tick/intake.js'
import type { ClosingStep } from '../verdict/round-closing.js'
import { createRoundCloser } from '../verdict/round-closer.js'
import { Deliverer } from '../notice/deliverer.js'
import { createChannelSender } from '../notice/channel-sender.js'
import { boundConnections } from '../http/bound-connections.js'
import { createHubYoga } from '../api/create-yoga.js'
import { maskError } from '../api/mask-error.js'
import { createDiskRoom } from './disk-room.js'
import type { HubParts } from './hub-parts.js'
import { createLiveAccess } from '../access/live-access.js'
import { createRequestHandler } from '../http/handle-requests.js'
import { listen, portOf, localOrigin } from '../http/listen.js'
import { openClock } from './open-clock.js'
import { openOperatorToken } from '../access/operator-token.js'
import { openRoutes } from './open-routes.js'
import { openStore } from './open-store.js'
import { createAddressOf, createIsProxy } from '../http/peer-address.js'
import { createRateLimiter } from '../access/rate-limiter.js'
import { buildSchema } from './schema.js'
import { refusalOf } from '../http/refusal.js'
import type { Route } from '../http/route.js'
import { createServerEnd } from '../http/server-end.js'
import { createSocketServer } from '../socket/socket-operations.js'
import { openSocketTransport } from '../socket/socket-transport.js'
import { keepHouseHourly } from './keep-house.js'
import { createStopOrder, type StopOrder } from './stop-order.js'
import { warnOfSettings } from './warn-of-settings.js'

/** What a test, or a program that embeds the hub, replaces. */
export interface HubOverrides {
  log: Logger
  clock?: MachineClock
  /** Already migrated; the hub closes it. */
  store?: Store
  /** Without it rounds begin only by `startRound`. */
  followSchedule?: boolean
  pingIntervalMs?: number
  initTimeoutMs?: number
  /** For TXT records of websites' hosts. */
  createDnsResolver?: ProverOptions['createResolver']
  /** Tests use cheaper ones than owners' passwords deserve. */
  passwords?: Passwords
  stopMs?: number
}

export interface Hub {
  url: string
  routes: readonly Route[]
  parts: HubParts
  /** Only the first start makes an owner; null afterwards. */
  firstOwnerToken: string | null
  /** Begins a round at once. Null when this hub has begun it before or its deadline has passed. */
  startRound(roundAt: number): Promise<StartedRound | null>
  /** Stops in the order of STOP_PHASES. Throws StopFault when something, such as the database, hangs beyond STOP_MS. */
  close(): Promise<void>
}

export async function startHub(settings: Settings, overrides: HubOverrides): Promise<Hub> {
  const order = createStopOrder(overrides.stopMs ?? STOP_MS)
  try {
    return await open(settings, overrides, order)
  } catch (error) {
    // Why it does not start matters more than what that left behind.
    await order.stop().catch((left: unknown) => overrides.log.warn({ error: left }, 'a failed start was not undone'))
    throw error
  }
}

async function open(settings: Settings, overrides: HubOverrides, order: StopOrder): Promise<Hub> {
  // Until everything is ready, requests wait in the kernel's queue: the real handler comes last.
  let handle: RequestListener = (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end()
  const server = await listen(settings.host, settings.port, (request, response) => handle(request, response))
  boundConnections(server, {
    most: settings.connectionsMax,
    mostOfAddress: CONNECTIONS_PER_ADDRESS_MAX,
    isExempt: createIsProxy(settings.trustProxy),
  })
  const serverEnd = createServerEnd(server)
  order.add('CONNECTIONS', serverEnd.finish)
  const port = portOf(server)
  const store = overrides.store ?? (await openStore(settings, overrides.log))
  order.add('DATABASE', () => store.close())
  const parts = await assemble({ ...settings, port, origins: originsOf(settings, port) }, store, overrides, order)
  warnOfSettings(parts)
  const house = await keepHouseHourly(parts)
  order.add('BACKGROUND', house.close)
  const deliverer = new Deliverer(parts)
  order.add('BACKGROUND', () => deliverer.close())
  order.add('BACKGROUND', keepProofs(parts).close)
  const incidents = await keepIncidents(parts)
  order.add('BACKGROUND', incidents.close)
  const firstOwner = await createFirstOwner(parts)
  const yoga = createHubYoga(parts, buildSchema())
  const sockets = openSocketTransport({
    turnstile: createTurnstile(),
    limits: parts.settings,
    addressOf: parts.addressOf,
    server,
    operations: createSocketServer(parts, yoga, overrides.initTimeoutMs ?? SOCKET_INIT_MS),
    clock: parts.clock,
    log: parts.log,
    pingIntervalMs: overrides.pingIntervalMs ?? PING_INTERVAL_MS,
  })
  order.add('SOCKETS', serverEnd.begin)
  order.add('SOCKETS', sockets.close)
  const routes = openRoutes(parts, yoga, order)
  const explain = (error: unknown) => refusalOf(maskError(parts, error))
  handle = createRequestHandler(routes, { settings: parts.settings, explain })
  await parts.rounds.resume()
  if (overrides.followSchedule ?? true) parts.rounds.followSchedule()
  order.add('ROUNDS', parts.rounds.close)
  return {
    url: localOrigin(settings.host, port),
    routes,
    parts,
    firstOwnerToken: firstOwner?.token ?? null,
    startRound: async (roundAt) => {
      const round = await parts.rounds.start(roundAt)
      return typeof round === 'string' ? null : round
    },
    close: order.stop,
  }
}

async function assemble(
  settings: Settings,
  store: Store,
  { log, clock: machine = systemClock, passwords = createPasswords(), createDnsResolver }: HubOverrides,
  order: StopOrder,
): Promise<HubParts> {
  const bus = createBus()
  const clock = await openClock(store, machine, log)
  const keys = await openHubKeys(store)
  const rates = createRateLimiter(settings.rates)
  order.add('CONNECTIONS', () => rates.close())
  const addressOf = createAddressOf(settings.trustProxy, log)
  const parts = { store, keys, bus, clock, log, settings, rates, passwords, addressOf }
  const sessions = createSessionRegistry(parts)
  const room = createDiskRoom(parts)
  const intake = createIntake(parts, room.hasRoom)
  order.add('ANSWERS', intake.close)
  order.add('SOCKETS', () => sessions.close())
  // What later rooms do when a round is closed, in the order of the rooms.
  const steps: ClosingStep[] = [advanceIncidents, addToRollups]
  const closer = await createRoundCloser(parts, { steps, settled: intake.settled })
  order.add('BACKGROUND', closer.close)
  const rounds = createRounds({ ...parts, sessions, hubId: randomUUID() }, closer.closeDue)
  const { allowPrivateTargets } = settings
  const channelSender = createChannelSender({ allowPrivateTargets })
  const ownershipProver = createOwnershipProver({
    allowPrivateTargets,
    // Private networks may have names that no name server knows.
    ...(!allowPrivateTargets && { resolveHost: resolveByDns(createLookResolver) }),
    ...(createDnsResolver && { createResolver: createDnsResolver }),
  })
  const { lastClosedRound } = closer
  const operatorToken = await openOperatorToken(settings.dataDir)
  const liveAccess = createLiveAccess(parts)
  order.add('BACKGROUND', liveAccess.close)
  return {
    ...parts,
    ...room,
    sessions,
    intake,
    rounds,
    closer,
    lastClosedRound,
    channelSender,
    ownershipProver,
    operatorToken,
    liveAccess,
  }
}

/** The origins that validators may sign for: the settings', or this machine's own names at its port. */
function originsOf({ origins, host }: Settings, port: number): readonly string[] {
  if (origins.length > 0) return origins
  const own = ['localhost', '127.0.0.1', '[::1]'].map((name) => new URL(`http://${name}:${port}`).origin)
  return [...new Set([...own, localOrigin(host, port)])]
}
