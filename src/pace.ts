import { turn, type Turnstile } from './turnstile.js'

/** Takes a turn after each `workPerTurn`, not more often: a turn may take milliseconds. Call it before each piece. */
export function createPace(turnstile: Turnstile, workPerTurn: number): (work: number) => Promise<void> {
  let done = 0
  return async (work) => {
    done += work
    if (done < workPerTurn) return
    done = 0
    await turn(turnstile)
  }
}
