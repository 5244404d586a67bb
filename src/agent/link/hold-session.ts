import type { Clock } from '../../clock.js'
import { MINUTE_MS } from '../../time.js'
import type { Session, SignedUp } from './sign-up.js'

const RENEWAL_SHARE = 0.8
const RENEWAL_RETRY_MS = MINUTE_MS

export interface SessionHolder {
  take(): Promise<SignedUp>
  drop(): void
  close(): void
}

/** Renews before the end. A live socket outlives its token (PROTOCOL §3.2), so renewal touches no connection. */
export function holdSession(clock: Clock, signUp: () => Promise<SignedUp>): SessionHolder {
  let held: Session | null = null
  let cancelRenewal = () => {}
  let isClosed = false

  function keep(session: Session): void {
    held = session
    renewAt(session.startedAt + (session.expiresAt - session.startedAt) * RENEWAL_SHARE)
  }
  function renewAt(instant: number): void {
    cancelRenewal()
    if (!isClosed) cancelRenewal = clock.at(instant, () => void renew())
  }
  async function renew(): Promise<void> {
    const renewed = held
    const outcome = await signUp()
    // Dropped or replaced meanwhile: whoever did that signs up anew.
    if (held !== renewed || renewed === null) return
    if (outcome.kind === 'session') keep(outcome.session)
    else renewAt(Math.max(clock.now() + RENEWAL_RETRY_MS, (clock.now() + renewed.expiresAt) / 2))
  }

  return {
    async take() {
      if (held !== null && held.expiresAt > clock.now()) return { kind: 'session', session: held }
      const outcome = await signUp()
      if (outcome.kind === 'session') keep(outcome.session)
      return outcome
    },
    drop() {
      held = null
      cancelRenewal()
    },
    close() {
      isClosed = true
      cancelRenewal()
    },
  }
}
