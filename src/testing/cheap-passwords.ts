import { createPasswords, type Passwords } from '../passwords.js'

/** Hashes that nobody should keep: the real cost is a quarter of a second each. `passwords.test.ts` holds that. */
export const cheapPasswords = (): Passwords => createPasswords({ ln: 4, r: 1, p: 1 })
