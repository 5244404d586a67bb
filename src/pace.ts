import { turn, type Turnstile } from './turnstile.js'

/**
 * Paces a long work: whoever has done so much of it since its last turn of the event loop waits for the next. Less than
 * that costs no turn, which may take milliseconds while others are busy.
 * @returns a function to be told of each piece of work before it is done.
 */
export function createPace(turnstile: Turnstile, workPerTurn: number): (work: number) => Promise<void> {
  let done = 0
  return async (work) => {
    done += work
    if (done < workPerTurn) return
    done = 0
    await turn(turnstile)
  }
}
