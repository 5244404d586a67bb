/**
 * The advisory locks that hubs on one database hold against each other. Hubs of different versions share them, so a
 * number never changes its meaning.
 */
export const LOCKS = {
  /**
   * One hub at a time makes or drops partitions. Making and dropping also wait for whoever reads the table and keep
   * everybody else waiting meanwhile, so a backup, which reads for long, holds this lock shared.
   */
  PARTITIONS: 8_081_001,
  /** Serialises the making of the first hub key between hubs that start together. */
  FIRST_KEY: 8_081_002,
  /**
   * Rounds are closed in the order of their instants, so none may begin that lies before one being closed. Whoever begins
   * a round holds this lock shared, whoever seals one alone: who looks then sees what the other has done.
   */
  ORDER_OF_ROUNDS: 8_081_010,
  /** One hub at a time closes a round. */
  CLOSING: 8_081_011,
  /** Hubs that begin the same round spend the budgets of its hosts one after the other. */
  BUDGETS: 8_081_012,
  /** Two operators at once must not go over the limit of the deny-list together. */
  DENY_LIST: 8_081_013,
  /** Keys that sign up from one network: the hash of its name is the second key of the lock. */
  NETWORKS: 8_081_021,
  /** One hub at a time writes conflicting answers, so that what is counted of a validator stays right until the commit. */
  CONFLICTS: 8_081_031,
  /** Whoever changes the runs of websites: rounds that close and websites that are disabled meet here. */
  INCIDENTS: 8_081_041,
  /** One hub at a time looks again at proofs of ownership; what it has looked at is not due for the next. */
  OWNERSHIP: 8_081_051,
  /** The lock that `prisma migrate` takes, so that it and a starting hub wait for each other. */
  PRISMA_MIGRATE: 72_707_369,
} as const
export type Lock = (typeof LOCKS)[keyof typeof LOCKS]
