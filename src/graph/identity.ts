/** Who a request comes from, as its bearer token says. */
export type Identity =
  | { kind: 'anonymous' }
  | { kind: 'owner'; userId: string; tokenId: string; access: OwnerAccess }
  | { kind: 'validator'; validatorId: string; sessionId: string }
  | { kind: 'operator' }

/** What an owner's token is good for: everything, or queries and subscriptions only. */
export type OwnerAccess = 'FULL' | 'READ_ONLY'

export const ANONYMOUS: Identity = { kind: 'anonymous' }
