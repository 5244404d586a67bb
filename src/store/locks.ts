/** Advisory locks between hubs on one database, also of different versions: a number never changes its meaning. */
export const LOCKS = {
  /** Making and dropping partitions waits for readers and blocks all others, so backups hold this lock shared. */
  PARTITIONS: 8_081_001,
  /** Hubs that start together make one first key. */
  FIRST_KEY: 8_081_002,
  /** No round may begin before one that is being closed: beginning holds this lock shared, sealing alone. */
  ORDER_OF_ROUNDS: 8_081_010,
  CLOSING: 8_081_011,
  /** Hubs that begin the same round spend the budgets of its hosts one after the other. */
  BUDGETS: 8_081_012,
  /** Two operators at once must not exceed the limit of the deny-list together. */
  DENY_LIST: 8_081_013,
  /** Signups from one network; the second key of the lock is the hash of its name. */
  NETWORKS: 8_081_021,
  /** Keeps the count of a validator's conflicts right until the commit. */
  CONFLICTS: 8_081_031,
  /** For runs of websites: closing rounds and disabling websites both change them. */
  INCIDENTS: 8_081_041,
  /** What one hub has rechecked is not due for the next. */
  OWNERSHIP: 8_081_051,
  /** The lock of `prisma migrate`, so that it and a starting hub wait for each other. */
  PRISMA_MIGRATE: 72_707_369,
} as const
export type Lock = (typeof LOCKS)[keyof typeof LOCKS]
