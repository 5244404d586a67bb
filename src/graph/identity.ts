/** Who a request comes from, as its bearer token says. */
export type Identity =
  | { kind: 'anonymous' }
  | { kind: 'owner'; userId: string; tokenId: string }
  | { kind: 'validator'; validatorId: string; sessionId: string }
  | { kind: 'operator' }

export const ANONYMOUS: Identity = { kind: 'anonymous' }
