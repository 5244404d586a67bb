/** Why a callback ID of a claim was rejected, with whose fault it is and what to do. */
export const CLAIM_REJECTIONS = {
  UNKNOWN_CALLBACK: 'This hub gave out no such callback ID: send the one of the task, byte for byte.',
  NOT_YOURS: 'The callback ID was given to another validator: claim only about your own tasks.',
  LATE: "The task's deadline has passed, so the round takes no more claims: there is nothing to do.",
} as const

export type ClaimRejectionReason = keyof typeof CLAIM_REJECTIONS
