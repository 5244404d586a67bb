import type { HomeAgent } from './home-agent.js'
import type { SmallInternet } from './small-internet.js'
import type { WatchingHub } from './watching-hub.js'
import type { Need } from './websites.js'

export interface Scene {
  internet: SmallInternet
  agent: HomeAgent
  hub: WatchingHub
}

/** Something that befalls one validator, its machine or its line. */
export interface Fault {
  name: string
  /** In the few minutes of CI, or only in the whole matrix. */
  when: 'CI' | 'FULL'
  begin(scene: Scene): Promise<unknown>
  end(scene: Scene): Promise<unknown>
  /** While checks of a round run; otherwise between two rounds. */
  begins?: 'MID_ROUND'
  /** Until it ends; otherwise it lasts for two whole rounds. */
  lastsMs?: number
  /** What the agent must say that it could not check for; null where it may go on without a word. */
  reason: string | null
  /** What it takes away: websites that need none of it are answered as ever. `ALL` leaves none. */
  takes: readonly Need[] | 'ALL' | 'SOME'
  /** This website is really down while it lasts. */
  fells?: string
  /** The validator finds its former strength only bit by bit. */
  recovers?: 'SLOWLY'
  /** It cannot end: what it takes stays away. */
  stays?: true
}
