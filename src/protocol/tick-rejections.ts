/** PROTOCOL §3, each with whose fault it is and what to do next. */
export const TICK_REJECTIONS = {
  INVALID: 'The answer is not well formed: fix the agent, sending it again does not help.',
  UNKNOWN_CALLBACK: 'This hub gave out no such callback ID: send the one of the task, byte for byte.',
  NOT_YOURS: 'The callback ID was given to another validator: answer only your own tasks, with the key that got them.',
  BAD_SIGNATURE:
    'The signature is not that of this key over this statement: rebuild the statement from the fields you send, line by line, and sign it again.',
  BANNED: "The hub's operator has banned this key: contact the operator.",
  CONFLICT:
    'Another answer to this callback ID is stored already: a task is answered once, and the first answer counts.',
  LATE: "The task's deadline has passed: answer before deadlineAt, or lower the agent's concurrency.",
  RATE_LIMITED: 'Too many submissions: wait a moment and send this one again.',
  UNAVAILABLE: "The hub's database does not answer: nothing was recorded, send the same answer again in a few seconds.",
} as const

export type TickRejectionReason = keyof typeof TICK_REJECTIONS
