import { createHash } from 'node:crypto'
import { chooseEncoding, ENCODINGS, hasTag } from './negotiate.js'
import type { Exchange } from './route.js'
import { sendBody } from './send-body.js'

/** A body in every encoding that it is sent in, made beforehand. */
export interface BodyForms {
  identity: Uint8Array
  gzip?: Uint8Array
  br?: Uint8Array
}

/** With what the body is known by, so that nobody is sent it twice. */
export interface TaggedForms extends BodyForms {
  hash: string
}

const HASH_CHARACTERS = 22

/** Names a body by the hash of its smallest form. */
export function tagForms(forms: BodyForms): TaggedForms {
  const smallest = forms.br ?? forms.gzip ?? forms.identity
  const hash = createHash('sha256').update(smallest).digest('base64url').slice(0, HASH_CHARACTERS)
  return { ...forms, hash }
}

/** Sends a body in the encoding that the peer likes best, or 304 if the peer has it. */
export function sendForms(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  forms: TaggedForms,
  headers: Readonly<Record<string, string>>,
): 'ANSWERED' {
  const available = ENCODINGS.filter((encoding) => forms[encoding] !== undefined)
  const encoding = chooseEncoding(request.headers['accept-encoding']?.toString(), available)
  const etag = `"${forms.hash}-${encoding}"`
  const vary = [response.getHeader('vary'), headers['vary'], 'accept-encoding'].filter((one) => one !== undefined)
  const all = { ...headers, vary: vary.join(', '), etag }
  if (hasTag(request.headers['if-none-match'], etag)) {
    response.writeHead(304, all).end()
    return 'ANSWERED'
  }
  return sendBody(response, {
    status: 200,
    headers: { ...all, ...(encoding !== 'identity' && { 'content-encoding': encoding }) },
    body: forms[encoding] ?? forms.identity,
  })
}
