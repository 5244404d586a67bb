import type { Sql } from '../store/store.js'
import { turn, type Turnstile } from '../turnstile.js'

/**
 * The same database, each statement in a turn of the event loop of its own: the embedded one answers without ever giving
 * way, so that a row of statements would hold up everybody for as long as all of them take.
 */
export function takingTurns(sql: Sql, turnstile: Turnstile): Sql {
  return {
    query: async (text, parameters) => {
      await turn(turnstile)
      return sql.query(text, parameters)
    },
    run: async (script) => {
      await turn(turnstile)
      await sql.run(script)
    },
  }
}
