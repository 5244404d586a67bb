import { randomUUID } from 'node:crypto'
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
import { createFirstOwner, type FirstOwner } from '../owner/create-first-owner.js'
import { openClockJumps } from '../round/clock-jumps.js'
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
import { answerWhileStarting } from './answer-while-starting.js'
import { createWithDatabase, type WithDatabase } from './await-database.js'
import { createReadDatabaseTime, type ReadDatabaseTime } from './clock-fault.js'
import { createDiskRoom } from './disk-room.js'
import { createDropHold } from './hold-drops.js'
import type { HubParts } from './hub-parts.js'
import { createLiveAccess } from '../access/live-access.js'
import { createRequestHandler } from '../http/handle-requests.js'
import { listen, portOf, localOrigin } from '../http/listen.js'
import { openClock } from './open-clock.js'
import { openOperatorToken } from '../access/operator-token.js'
import { openRoutes } from './open-routes.js'
import { publicUrlOf } from '../http/public-url.js'
import { openStore, startFaultOf } from './open-store.js'
import { createAddressOf, createIsProxy } from '../http/peer-address.js'
import { createRateLimiter } from '../access/rate-limiter.js'
import { hubSchema } from './schema.js'
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
  /** The time of the database's machine, where the hub's clock is not the machine's. */
  readDatabaseTime?: ReadDatabaseTime
  stopMs?: number
  /** Ends a start that waits for its database: it rejects with the signal's reason. */
  stopping?: AbortSignal
}

export interface Hub {
  url: string
  routes: readonly Route[]
  parts: HubParts
  /** Only the first start makes an owner; null afterwards. */
  firstOwner: FirstOwner | null
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
    await undo(order, overrides.log)
    throw startFaultOf(settings, error)
  }
}

/** Why it does not start matters more than what was left behind by that. */
async function undo(order: StopOrder, log: Logger): Promise<void> {
  await order.stop().catch((left: unknown) => log.warn({ error: left }, 'a failed start was not undone'))
}

async function open(settings: Settings, overrides: HubOverrides, order: StopOrder): Promise<Hub> {
  const { log, stopping } = overrides
  let handle = answerWhileStarting
  const server = await listen(settings.host, settings.port, (request, response) => handle(request, response))
  boundConnections(server, {
    most: settings.connectionsMax,
    mostOfAddress: CONNECTIONS_PER_ADDRESS_MAX,
    isExempt: createIsProxy(settings.trustProxy),
  })
  const serverEnd = createServerEnd(server)
  order.add('CONNECTIONS', serverEnd.finish)
  const port = portOf(server)
  const withDatabase = createWithDatabase({ log, waitMs: settings.databaseWaitMs, stopping })
  const store = overrides.store ?? (await withDatabase(() => openStore(settings, log)))
  order.add('DATABASE', () => store.close())
  const publicUrl = publicUrlOf({ ...settings, port })
  const running = { ...settings, port, publicUrl, origins: originsOf(settings, port) }
  const { parts, firstOwner } = await begin(running, store, overrides, order, withDatabase)
  // From here on nothing waits for the database.
  const yoga = createHubYoga(parts, hubSchema())
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
  if (overrides.followSchedule ?? true) parts.rounds.followSchedule()
  return {
    url: localOrigin(settings.host, port),
    routes,
    parts,
    firstOwner,
    startRound: async (roundAt) => {
      const round = await parts.rounds.start(roundAt)
      return typeof round === 'string' ? null : round
    },
    close: order.stop,
  }
}

interface Begun {
  parts: HubParts
  firstOwner: FirstOwner | null
}

/** Begins all work that needs the database. What was begun when that went away is taken back before the next try. */
async function begin(
  settings: Settings,
  store: Store,
  overrides: HubOverrides,
  order: StopOrder,
  withDatabase: WithDatabase,
): Promise<Begun> {
  // It is told once only, so a try that made it and then failed hands it on.
  let firstOwner: FirstOwner | null = null
  return withDatabase(async () => {
    const attempt = createStopOrder(overrides.stopMs ?? STOP_MS)
    try {
      const parts = await assemble(settings, store, overrides, attempt)
      await beginWork(parts, attempt)
      firstOwner ??= await createFirstOwner(parts)
      await parts.rounds.resume()
      warnOfSettings(parts)
      order.take(attempt)
      return { parts, firstOwner }
    } catch (error) {
      await undo(attempt, overrides.log)
      throw error
    }
  })
}

async function beginWork(parts: HubParts, order: StopOrder): Promise<void> {
  const house = await keepHouseHourly(parts)
  order.add('BACKGROUND', house.close)
  const deliverer = new Deliverer(parts)
  order.add('BACKGROUND', () => deliverer.close())
  order.add('BACKGROUND', keepProofs(parts).close)
  const incidents = await keepIncidents(parts)
  order.add('BACKGROUND', incidents.close)
}

async function assemble(
  settings: Settings,
  store: Store,
  overrides: HubOverrides,
  order: StopOrder,
): Promise<HubParts> {
  const { log, clock: machine = systemClock, passwords = createPasswords(), createDnsResolver } = overrides
  const bus = createBus()
  const clock = await openClock(store, machine, log)
  const jumps = await openClockJumps({ store, clock, machine, log })
  const dropHold = createDropHold({ store, log }, jumps)
  const readDatabaseTime = overrides.readDatabaseTime ?? createReadDatabaseTime({ store })
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
  const closer = await createRoundCloser(parts, { steps, settled: intake.settled, isHeld: jumps.isHeld })
  order.add('BACKGROUND', closer.close)
  const rounds = createRounds({ ...parts, ...room, sessions, hubId: randomUUID() }, closer.closeDue)
  order.add('ROUNDS', rounds.close)
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
    machine,
    dropHold,
    readDatabaseTime,
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
