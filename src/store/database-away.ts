/** What callers are told while the database does not answer. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway'

  constructor() {
    super('the database does not answer')
  }
}

const NETWORK_CODES = 'EAI_AGAIN ECONNREFUSED ECONNRESET EHOSTUNREACH ENETUNREACH ENOTFOUND EPIPE ETIMEDOUT'
/** Statement timeout; shutdown, crash, start of the server; too many connections. */
const SERVER_CODES = '57014 57P01 57P02 57P03 53300'
/** Unreachable, timed out, closed, no free connection, transaction ended by the server. */
const PRISMA_CODES = 'P1001 P1002 P1008 P1017 P2024 P2028 P2037'
const CODES = new Set(`${NETWORK_CODES} ${SERVER_CODES} ${PRISMA_CODES}`.split(' '))
const KINDS = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout', 'TooManyConnections'])
/** Errors of the driver that have no code. */
const MESSAGE =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/
/** Of causes: GraphQL's error, Prisma's, its adapter's, the driver's. */
const DEPTH_MAX = 8

/** Whether the same call may succeed in a few seconds, because the database only does not answer. */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth === DEPTH_MAX) return false
  if (error instanceof DatabaseAway) return true
  const { code, originalCode, kind, message, syscall, cause, originalError, meta } = error as Record<string, unknown>
  // A Unix socket disappears with its server.
  if (code === 'ENOENT' && syscall === 'connect') return true
  if (isAwayCode(code) || isAwayCode(originalCode) || (typeof kind === 'string' && KINDS.has(kind))) return true
  if (typeof message === 'string' && MESSAGE.test(message)) return true
  const inner = [cause, originalError, (meta as Record<string, unknown> | undefined)?.['driverAdapterError']]
  return inner.some((one) => isDatabaseAway(one, depth + 1))
}

/** SQLSTATE class 08: connection exceptions, but for 08P01, with which poolers refuse what they are sent. */
function isAwayCode(code: unknown): boolean {
  return typeof code === 'string' && (CODES.has(code) || /^08(?!P01)\w{3}$/.test(code))
}
