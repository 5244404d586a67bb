/** Smallest first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Below any weight in a header: a plain body is always acceptable, but preferred only when a peer says so. */
const LAST_CHOICE = 1e-4

/** The peer's favourite, or the smallest of equals. A peer that takes none gets the plain body, not a refusal. */
export function chooseEncoding(accepted: string | undefined, available: readonly Encoding[]): Encoding {
  const weights = readWeights(accepted)
  const weightOf = (encoding: Encoding) =>
    weights.get(encoding) ?? weights.get('*') ?? (encoding === 'identity' ? LAST_CHOICE : 0)
  let best: Encoding = 'identity'
  let most = 0
  for (const encoding of ENCODINGS) {
    if (!available.includes(encoding) || weightOf(encoding) <= most) continue
    best = encoding
    most = weightOf(encoding)
  }
  return best
}

/** Browsers name HTML; programs that accept anything do not. */
export function namesMediaType(accept: string | undefined, type: string): boolean {
  return (accept ?? '').includes(type)
}

export const EVENT_STREAM = 'text/event-stream'

/** Whether `Accept` takes a media type in UTF-8. */
export function acceptsType(accept: string | undefined, type: string): boolean {
  const [kind, form] = type.split('/')
  return (accept || '*/*').split(',').some((one) => {
    const [range = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    const [askedKind, askedForm] = range.split('/')
    const isRefused = parameters.some(
      (parameter) =>
        /^q=0(\.0*)?$/.test(parameter) || (parameter.startsWith('charset=') && !/utf-8"?$/.test(parameter)),
    )
    return !isRefused && [kind, '*'].includes(askedKind) && [form, '*'].includes(askedForm)
  })
}

/** Whether the peer already has the body. A proxy on the way may have weakened the tag. */
export function hasTag(ifNoneMatch: string | undefined, tag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((one) => ['*', tag, `W/${tag}`].includes(one.trim()))
}

/** An unreadable weight counts as 0: not wanted. */
function readWeights(accepted: string | undefined): Map<string, number> {
  const weights = new Map<string, number>()
  for (const part of (accepted ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    if (name === '') continue
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    weights.set(name, /^(0(\.\d*)?|1(\.0*)?)$/.test(weight) ? Number(weight) : 0)
  }
  return weights
}
