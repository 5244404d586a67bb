import { forgetToken, token } from '../app/session'
import type { TypedDocumentString } from '../client/graphql'

/** What kept the hub from answering; refusals of mutations are data. */
export interface Fault {
  kind: 'OFFLINE' | 'LOGGED_OUT' | 'UPGRADED' | 'BUSY' | 'FAILED'
  /** The hub's own words, where it said something. */
  message: string | null
}

/** How long after a passing fault to ask again. */
export const RETRY_MS = 5_000

export function isPassing({ kind }: Fault): boolean {
  return kind === 'OFFLINE' || kind === 'BUSY'
}

export type Asked<Data> = { kind: 'data'; data: Data } | { kind: 'fault'; fault: Fault }

interface Answer {
  data?: unknown
  errors?: { message: string; extensions?: { code?: string } }[]
}

interface AskOptions {
  signal?: AbortSignal
  /** Another than the session's; null for none. */
  token?: string | null
}

/** Asks the hub once. Never rejects but when `signal` aborts. */
export async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { signal, token: held = token() }: AskOptions = {},
): Promise<Asked<Data>> {
  let answer: Answer
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(held !== null && { authorization: `Bearer ${held}` }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
      ...(signal && { signal }),
    })
    answer = (await response.json()) as Answer
  } catch (error) {
    signal?.throwIfAborted()
    return { kind: 'fault', fault: { kind: 'OFFLINE', message: error instanceof Error ? error.message : null } }
  }
  const [error] = answer.errors ?? []
  if (error !== undefined) {
    const fault = faultOf(error)
    if (fault.kind === 'LOGGED_OUT' && held === token()) forgetToken()
    return { kind: 'fault', fault }
  }
  return { kind: 'data', data: answer.data as Data }
}

function faultOf({ message, extensions }: NonNullable<Answer['errors']>[number]): Fault {
  return { kind: KINDS[extensions?.code ?? ''] ?? 'FAILED', message }
}

const KINDS: Readonly<Record<string, Fault['kind']>> = {
  UNAUTHENTICATED: 'LOGGED_OUT',
  // A page of an older hub asks for what is no longer there.
  GRAPHQL_VALIDATION_FAILED: 'UPGRADED',
  GRAPHQL_PARSE_FAILED: 'UPGRADED',
  RATE_LIMITED: 'BUSY',
  UNAVAILABLE: 'BUSY',
}
