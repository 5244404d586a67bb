import { createHash } from 'node:crypto'
import { chooseEncoding, ENCODINGS, hasTag } from './negotiate.js'
import type { Exchange } from './route.js'
import { sendBody } from './send-body.js'

export interface BodyForms {
  identity: Uint8Array
  gzip?: Uint8Array
  br?: Uint8Array
}

export interface TaggedForms extends BodyForms {
  hash: string
}

const HASH_CHARACTERS = 22

export function tagForms(forms: BodyForms): TaggedForms {
  const smallest = forms.br ?? forms.gzip ?? forms.identity
  const hash = createHash('sha256').update(smallest).digest('base64url').slice(0, HASH_CHARACTERS)
  return { ...forms, hash }
}

/** Sends the encoding that the peer prefers, or 304 if the peer has the body. */
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
