import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { PASSWORDS_RUNNING_MAX, PASSWORDS_WAITING_MAX } from './limits.js'
import { createWorkQueue } from './work-queue.js'

/** Hashes and checks passwords. One instance for each hub, since it limits how many run at once. */
export interface Passwords {
  /** Null when too many are waiting. */
  hash(password: string): Promise<string | null>
  /** `null` never matches and takes as long as a wrong password, so that timing does not reveal accounts. */
  verify(kept: string | null, password: string): Promise<'right' | 'wrong' | 'busy'>
}

export interface ScryptCost {
  /** Binary logarithm of N. */
  ln: number
  r: number
  p: number
}

/** From OWASP's Password Storage Cheat Sheet: 32 MiB and about a quarter of a second. */
const COST: ScryptCost = { ln: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32
/** The PHC string format, with padded base64. */
const KEPT = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/=]+)\$([\w+/=]+)$/
const NO_SALT = Buffer.alloc(SALT_BYTES)

export function createPasswords(cost: ScryptCost = COST): Passwords {
  const queue = createWorkQueue({ runningMax: PASSWORDS_RUNNING_MAX, waitingMax: PASSWORDS_WAITING_MAX })
  const derive = async (password: string, salt: Buffer, by: ScryptCost) =>
    queue.run(() => runScrypt(password, salt, by))
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES)
      const hash = await derive(password, salt, cost)
      if (hash === null) return null
      return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${salt.toString('base64')}$${hash.toString('base64')}`
    },
    async verify(kept, password) {
      const { salt, hash, ...by } = kept === null ? { salt: NO_SALT, hash: null, ...cost } : parseKept(kept)
      const found = await derive(password, salt, by)
      if (found === null) return 'busy'
      return hash !== null && timingSafeEqual(found, hash) ? 'right' : 'wrong'
    },
  }
}

function parseKept(kept: string): ScryptCost & { salt: Buffer; hash: Buffer } {
  const [, ln, r, p, salt = '', hash = ''] = KEPT.exec(kept) ?? []
  if (hash === '') throw new Error('a password is kept in a form that this version does not know')
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

/** Keyboards spell one letter in several ways, so the compatibility form is hashed (RFC 8265 §4.2 takes NFC). */
function runScrypt(password: string, salt: Buffer, { ln, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** ln
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })
}
