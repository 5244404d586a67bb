/** What a quantile may be off by, of itself: 1 %. */
export const RELATIVE_ACCURACY = 0.01

const GAMMA = (1 + RELATIVE_ACCURACY) / (1 - RELATIVE_ACCURACY)
const LOG_GAMMA = Math.log(GAMMA)
/** What a latency is held to at most, in microseconds: what a tick's column can hold. Hence the number of bins. */
const LATENCY_MAX_US = 2 ** 31 - 1
const BINS = binOf(LATENCY_MAX_US) + 1
const VERSION = 1

/**
 * A DDSketch (Masson, Rim and Lee, VLDB 2019) of latencies in whole microseconds: how many fell into each bin
 * (γ^(i−1), γ^i], and how many were 0. Sketches merge by adding bins, in any order and to the same result.
 *
 * Its bytes: the version, then as LEB128 varints how many were 0, how many bins there are, and of each bin in rising order
 * its index less the one before it (less −1 for the first) and its count. They say where they end, so that many may be
 * written one behind another. There is one spelling of each sketch.
 */
export class LatencySketch {
  readonly #counts = new Float64Array(BINS)
  #zeroCount = 0
  #count = 0

  /** Reads sketches written one behind another into one. @throws RangeError for what is none. */
  static decode(bytes: Uint8Array): LatencySketch {
    const sketch = new LatencySketch()
    sketch.mergeEncoded(bytes)
    return sketch
  }

  get count(): number {
    return this.#count
  }

  /** Microseconds; beyond [0, 2^31) they are held to its ends. */
  add(latencyUs: number): void {
    if (latencyUs < 1) this.#zeroCount += 1
    else this.#raise(binOf(Math.min(latencyUs, LATENCY_MAX_US)), 1)
    this.#count += 1
  }

  merge(other: LatencySketch): void {
    for (let bin = 0; bin < BINS; bin++) this.#raise(bin, other.#counts[bin] ?? 0)
    this.#zeroCount += other.#zeroCount
    this.#count += other.#count
  }

  /** Merges sketches written one behind another. @throws RangeError for what is none; the sketch is of no use then. */
  mergeEncoded(bytes: Uint8Array): void {
    const reader = { bytes, position: 0 }
    while (reader.position < bytes.length) {
      if (bytes[reader.position] !== VERSION) throw new RangeError('a latency sketch of another version')
      reader.position += 1
      const zeroCount = readVarint(reader)
      this.#zeroCount += zeroCount
      this.#count += zeroCount
      let bin = -1
      for (let left = readVarint(reader); left > 0; left--) {
        const step = readVarint(reader)
        const count = readVarint(reader)
        bin += step
        if (step === 0 || count === 0 || bin >= BINS) throw new RangeError('a latency sketch with a bin that is none')
        this.#raise(bin, count)
        this.#count += count
      }
      if (!Number.isSafeInteger(this.#count)) throw new RangeError('a latency sketch of too many latencies')
    }
  }

  encode(): Uint8Array {
    const bins: number[] = []
    let binCount = 0
    let last = -1
    for (const [bin, count] of this.#counts.entries()) {
      if (count === 0) continue
      pushVarint(bins, bin - last)
      pushVarint(bins, count)
      last = bin
      binCount += 1
    }
    const head = [VERSION]
    pushVarint(head, this.#zeroCount)
    pushVarint(head, binCount)
    return Uint8Array.from([...head, ...bins])
  }

  /** Unrounded microseconds of rank ⌊(count − 1) × percent ÷ 100⌋ from 0 in rising order; null without latencies. */
  percentile(percent: number): number | null {
    if (this.#count === 0) return null
    let left = Math.floor(((this.#count - 1) * percent) / 100) + 1 - this.#zeroCount
    if (left <= 0) return 0
    for (const [bin, count] of this.#counts.entries()) {
      left -= count
      if (left <= 0) return valueOf(bin)
    }
    throw new Error('a latency sketch whose bins do not add up')
  }

  #raise(bin: number, by: number): void {
    this.#counts[bin] = (this.#counts[bin] ?? 0) + by
  }
}

function binOf(latencyUs: number): number {
  return Math.ceil(Math.log(latencyUs) / LOG_GAMMA)
}

/** As far from the bin's one end as from its other, of themselves. */
function valueOf(bin: number): number {
  return GAMMA ** bin * (1 - RELATIVE_ACCURACY)
}

/** LEB128: seven bits a byte, the lowest first. */
function pushVarint(into: number[], value: number): void {
  let rest = value
  while (rest >= 0x80) {
    into.push((rest % 0x80) + 0x80)
    rest = Math.floor(rest / 0x80)
  }
  into.push(rest)
}

/** Not by shifting: numbers beyond 32 bits are right too. */
function readVarint(reader: { bytes: Uint8Array; position: number }): number {
  let value = 0
  for (let scale = 1; ; scale *= 0x80) {
    const byte = reader.bytes[reader.position]
    if (byte === undefined) throw new RangeError('a latency sketch that is cut off')
    reader.position += 1
    value += (byte % 0x80) * scale
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a latency sketch of too many latencies')
    if (byte < 0x80) {
      // 0 behind others would be a second spelling.
      if (byte === 0 && scale > 1) throw new RangeError('a latency sketch in another spelling')
      return value
    }
  }
}
