/** How a body may be encoded, the smallest first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Less than any weight that a header can name: nobody minds a plain body, and nobody prefers it without saying so. */
const LAST_CHOICE = 1e-4

/**
 * The available encoding that a peer likes best, by its `Accept-Encoding`; the smallest of equals. A peer that takes none of
 * them gets the plain body, which is of more use to it than a refusal.
 */
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

/** Whether `Accept` names a media type. Browsers name HTML; programs that take anything do not. */
export function namesMediaType(accept: string | undefined, type: string): boolean {
  return (accept ?? '').includes(type)
}

export const EVENT_STREAM = 'text/event-stream'

/** Whether `Accept` takes a media type, in UTF-8; without the header everything is. A weight of 0 takes none. */
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

/** Whether `If-None-Match` names a tag, and so the peer has its body. A proxy on the way may have weakened the tag. */
export function hasTag(ifNoneMatch: string | undefined, tag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((one) => ['*', tag, `W/${tag}`].includes(one.trim()))
}

/** A weight that cannot be read counts as 0: not wanted. */
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
