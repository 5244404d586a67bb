import type { Sql } from '../store/store.js'
import { turn, type Turnstile } from '../turnstile.js'

/** The same database, each statement in its own turn of the event loop: the embedded one never gives way by itself. */
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
