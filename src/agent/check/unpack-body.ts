import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { BODY_READ_MAX_BYTES } from '../../protocol/limits.js'

/** More than gzip can reach: beyond it are only bombs. */
const RATIO_MAX = 1_100
/** Nobody packs a page more often. */
const CODINGS_MAX = 3

/** Takes the bytes of a body and hands them on unpacked, up to the cap. */
export interface Unpacker {
  add(piece: Buffer): void
  /** Resolves when all is handed on, to whether it could be read. `isWhole`: nothing of the body is missing. */
  end(isWhole: boolean): Promise<boolean>
  destroy(): void
}

type CreateTransform = (firstByte: number) => Transform

const CODINGS: Readonly<Record<string, CreateTransform | undefined>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  br: () => zlib.createBrotliDecompress(),
  // Meant is RFC 1950, sent is often RFC 1951; browsers take both.
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
  zstd: zstdOfNode(),
}

/** From Node 22.15 on. */
function zstdOfNode(): CreateTransform | undefined {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress')
  return typeof create === 'function' ? () => create() as Transform : undefined
}

/** By an answer's `Content-Encoding`. */
export function createUnpacker(contentEncoding: string | undefined, onBytes: (bytes: Buffer) => void): Unpacker {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length > CODINGS_MAX) return unreadable()
  let received = 0
  let given = 0
  const innermost: Unpacker = {
    add(bytes) {
      given += bytes.length
      onBytes(bytes)
    },
    end: async () => given <= RATIO_MAX * received,
    destroy: () => {},
  }
  // The last one was put around the others.
  const outermost = codings.reduce<Unpacker>((inner, coding) => {
    const create = CODINGS[coding]
    return create === undefined ? unreadable() : unpackInto(inner, create)
  }, innermost)
  const add = (piece: Buffer) => {
    received += piece.length
    outermost.add(piece)
  }
  return { ...outermost, add }
}

/** Nothing is as readable as nothing. */
function unreadable(): Unpacker {
  let isEmpty = true
  return { add: () => (isEmpty = false), end: async () => isEmpty, destroy: () => {} }
}

function unpackInto(inner: Unpacker, create: CreateTransform): Unpacker {
  let transform: Transform | undefined
  let given = 0
  let error: Error | undefined
  let close: () => void
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })

  const start = (firstByte: number) => {
    const started = create(firstByte)
    started.on('data', (bytes: Buffer) => {
      inner.add(bytes.subarray(0, BODY_READ_MAX_BYTES - given))
      given += bytes.length
      if (given >= BODY_READ_MAX_BYTES) started.destroy()
    })
    started.on('error', (reason) => (error = reason))
    started.once('close', () => close())
    return started
  }
  return {
    add(piece) {
      transform ??= start(piece[0] ?? 0)
      if (transform.writable) transform.write(piece)
    },
    async end(isWhole) {
      if (transform === undefined) return inner.end(isWhole)
      if (transform.writable) transform.end()
      await closed
      const isCapped = given >= BODY_READ_MAX_BYTES
      const isCut = isTruncation(error)
      if (error !== undefined && !(isCut && !isWhole)) return false
      return inner.end(isWhole && !isCapped)
    },
    destroy() {
      transform?.destroy()
      inner.destroy()
    },
  }
}

function isTruncation(error: Error | undefined): boolean {
  return error !== undefined && 'code' in error && error.code === 'Z_BUF_ERROR'
}
