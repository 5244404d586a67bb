import { BODY_READ_MAX_BYTES } from '../protocol/limits.js'

// What is taken of strangers' servers, for whatever purpose the hub or an agent asks them.

/** RFC 8305 §5, in milliseconds: how long an attempt is alone before the next address is tried beside it. */
export const ATTEMPT_DELAY_MS = 250
/** Addresses of one name that are tried, of thousands that it may have. */
export const ATTEMPTS_MAX = 8
/** Bytes of an answer's head. Node's 16 KiB refuse sites that browsers show; nobody shows one with 64. */
export const HEAD_MAX_BYTES = 64 * 1024
/** Interim answers (1xx) before the answer; a stream of them costs us more than the server. */
export const INTERIM_ANSWERS_MAX = 20
/** Pieces of a body. Each costs some microseconds, so that 1 MiB in single bytes would take more than a second. */
export const PIECES_MAX = 64 * 1024
/**
 * Bytes of one connection, decrypted. A body with head and framing needs less than twice its own; beyond that there are
 * only tricks that no other limit sees, such as a chunk's length with zeros without end.
 */
export const RECEIVED_MAX_BYTES = 4 * BODY_READ_MAX_BYTES
