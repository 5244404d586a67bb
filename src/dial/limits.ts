import { BODY_READ_MAX_BYTES } from '../protocol/limits.js'

/** RFC 8305 §5. */
export const ATTEMPT_DELAY_MS = 250
export const ATTEMPTS_MAX = 8
/** RFC 8305 §3: for the other family, once there are addresses of one. */
export const RESOLUTION_DELAY_MS = 50
/** For a name server to answer, before the next is asked as well. */
export const NAME_SERVER_DELAY_MS = 500
/** Node's 16 KiB refuse sites that browsers show; nobody shows one with 64. */
export const HEAD_MAX_BYTES = 64 * 1024
/** A stream of interim answers (1xx) costs us more than the server. */
export const INTERIM_ANSWERS_MAX = 20
/** Each costs some microseconds: 1 MiB in single bytes would take more than a second. */
export const PIECES_MAX = 64 * 1024
/** Of one connection: a body needs less than twice its own. Beyond it are only tricks, such as a chunk's length of endless zeros. */
export const RECEIVED_MAX_BYTES = 4 * BODY_READ_MAX_BYTES
