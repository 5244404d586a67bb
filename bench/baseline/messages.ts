/** The baseline's messages: plain JSON objects over a WebSocket. */
export type ToBaseline =
  | { type: 'signup'; data: { publicKey: string; callbackId: string; signedMessage: string } }
  | { type: 'validate'; data: { callbackId: string; status: 'Good' | 'Bad'; latency: number; signedMessage: string } }

export type FromBaseline =
  | { type: 'signup'; data: { callbackId: string; validatorId: string } }
  | { type: 'validate'; data: { callbackId: string; url: string } }
  /** The seed does not answer; the bench has to know when an answer is stored. */
  | { type: 'stored'; data: { callbackId: string } }

export const signupText = (callbackId: string, publicKey: string) => `Signup ${callbackId}, ${publicKey}`
export const replyText = (callbackId: string) => `Reply to ${callbackId}`

/** As the seed does, or with Node's own crypto. */
export type Verifier = 'TWEETNACL' | 'NODE_CRYPTO'

export type BaselineCommand = { do: 'start'; database: string; websites: number; verifier: Verifier } | { do: 'round' }
