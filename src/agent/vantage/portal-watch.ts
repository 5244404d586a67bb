import type { BeaconDesk, BeaconReply } from './beacon-desk.js'

/** Whether a captive portal answers in place of websites. Instants are steady. */
export interface PortalWatch {
  readonly isSeen: boolean
  /** When the last request that has ended was sent. */
  readonly askedAt: number | null
  /** The last https website with a trusted certificate. */
  readonly trustedAt: number | null
  /** Says that there is none. */
  trust(at: number): void
  hear(reply: BeaconReply, desk: Pick<BeaconDesk, 'askOther'>): void
  forget(): void
}

export function createPortalWatch(): PortalWatch {
  const state = { isSeen: false, askedAt: null as number | null, trustedAt: null as number | null }
  /** One beacon has answered otherwise, and another is asked: the first may have changed for everybody. */
  let isInDoubt = false
  return {
    get isSeen() {
      return state.isSeen
    },
    get askedAt() {
      return state.askedAt
    },
    get trustedAt() {
      return state.trustedAt
    },
    trust(at) {
      state.trustedAt = at
      // No portal can answer so; one that lets some websites through is not told from none.
      state.isSeen = false
    },
    hear({ answer, startedAt }, desk) {
      if (answer === 'OTHERWISE' && !isInDoubt && desk.askOther('PORTAL')) {
        isInDoubt = true
        return
      }
      if (answer === 'ANSWERED') state.isSeen = false
      else if (isInDoubt || answer === 'OTHERWISE') state.isSeen = true
      isInDoubt = false
      state.askedAt = startedAt
    },
    forget() {
      isInDoubt = false
      Object.assign(state, { isSeen: false, askedAt: null, trustedAt: null })
    },
  }
}
