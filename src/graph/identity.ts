export type Identity =
  | { kind: 'anonymous' }
  | { kind: 'owner'; userId: string; tokenId: string; access: OwnerAccess }
  | { kind: 'validator'; validatorId: string; sessionId: string }
  | { kind: 'operator' }

/** READ_ONLY is for queries and subscriptions. */
export type OwnerAccess = 'FULL' | 'READ_ONLY'

export const ANONYMOUS: Identity = { kind: 'anonymous' }
