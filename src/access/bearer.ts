import type { IncomingMessage } from 'node:http'
import { fault } from '../graph/fault.js'
import type { Identity } from '../graph/identity.js'
import type { AddressOf } from '../http/peer-address.js'
import { authenticate, type AuthenticationParts } from './authenticate.js'

export type BearerParts = AuthenticationParts & { addressOf: AddressOf }

type Kind = Identity['kind']

interface Admission<Admitted extends Kind> {
  kinds: readonly Admitted[]
  missing: string
  other: string
}

/** @throws UNAUTHENTICATED without a token, FORBIDDEN with one of another kind, and what `authenticate` throws. */
export async function admitBearer<Admitted extends Kind>(
  parts: BearerParts,
  request: IncomingMessage,
  { kinds, missing, other }: Admission<Admitted>,
): Promise<Extract<Identity, { kind: Admitted }>> {
  const identity = await authenticate(parts, request.headers.authorization ?? null, parts.addressOf(request))
  if (isOneOf(identity, kinds)) return identity
  throw identity.kind === 'anonymous' ? fault('UNAUTHENTICATED', missing) : fault('FORBIDDEN', other)
}

function isOneOf<Admitted extends Kind>(
  identity: Identity,
  kinds: readonly Admitted[],
): identity is Extract<Identity, { kind: Admitted }> {
  return kinds.some((kind) => kind === identity.kind)
}
