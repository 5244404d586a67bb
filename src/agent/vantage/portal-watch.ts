import { isIP } from 'node:net'
import type { BeaconDesk, BeaconReply } from './beacon-desk.js'

/** Whether a captive portal answers in place of websites. Instants are steady. */
export interface PortalWatch {
  readonly isSeen: boolean
  /** When the last request that has ended was sent. */
  readonly askedAt: number | null
  /** The last https website with a trusted certificate: no portal can be one. */
  trustedAt(host: string): number | null
  trust(host: string, at: number): void
  hear(reply: BeaconReply, desk: Pick<BeaconDesk, 'askOther'>): void
  forget(): void
}

export function createPortalWatch(): PortalWatch {
  const state = { isSeen: false, askedAt: null as number | null }
  /** One that is reached by its address says nothing of names, which may all lead to a portal. */
  let byName: number | null = null
  let byAddress: number | null = null
  /** One beacon has answered otherwise, and another is asked: the first may have changed for everybody. */
  let isInDoubt = false
  return {
    get isSeen() {
      return state.isSeen
    },
    get askedAt() {
      return state.askedAt
    },
    trustedAt: (host) => (isIP(host) === 0 || byAddress === null ? byName : Math.max(byAddress, byName ?? byAddress)),
    trust(host, at) {
      if (isIP(host) === 0) {
        byName = at
        // One that lets some websites through is not told from none.
        state.isSeen = false
      } else byAddress = at
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
      byName = null
      byAddress = null
      Object.assign(state, { isSeen: false, askedAt: null })
    },
  }
}
