import type { Sql, Store } from '../store/store.js'

/** A store that outlives the hubs that are started on it, for restarts and for two hubs on one database. */
export function keptOpen(store: Store): Store {
  return { ...store, close: async () => undefined }
}

/** A store whose database can be made to go away and come back. */
export interface BreakableStore extends Store {
  away: boolean
}

export function breakable(store: Store): BreakableStore {
  const whenThere = <Result>(work: () => Promise<Result>): Promise<Result> =>
    wrapper.away ? Promise.reject(new Error('the database is away')) : work()
  const sqlOn = (sql: Sql): Sql => ({
    query: (text, parameters) => whenThere(() => sql.query(text, parameters)),
    run: (script) => whenThere(() => sql.run(script)),
  })
  const prisma = new Proxy(store.prisma, {
    get(client, name) {
      if (wrapper.away && name !== '$disconnect') throw new Error('the database is away')
      // Prisma's client is a proxy itself: its members are taken as they are.
      return Reflect.get(client, name) as unknown
    },
  })
  const wrapper: BreakableStore = {
    ...store,
    away: false,
    prisma,
    sql: sqlOn(store.sql),
    transaction: (work) => whenThere(() => store.transaction((sql) => work(sqlOn(sql)))),
  }
  return wrapper
}
