import type { Stage } from './bench.js'
import type { Delivery } from './load/load-answer.js'

/** Starts rounds one after another, and waits until every validator has all its tasks. */
export async function dispatchRounds({ hub, load }: Stage, websites: number, rounds: number): Promise<Delivery> {
  await load.forget()
  for (let round = 1; round < rounds; round++) {
    await hub.startRound()
    await load.awaitTasks(round * websites)
  }
  await hub.startRound()
  return load.awaitTasks(rounds * websites)
}
