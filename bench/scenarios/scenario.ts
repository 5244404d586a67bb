import type { Bench } from '../bench.js'

export interface Scenario {
  name: string
  /** Whether it can run without PostgreSQL. */
  needs: 'POSTGRES' | 'NOTHING'
  run(bench: Bench): Promise<void>
}
