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
    change: (work) => whenThere(() => store.change(({ sql, prisma }) => work({ sql: sqlOn(sql), prisma }))),
  }
  return wrapper
}

/** A store whose plain statements, all or some of them, wait at a gate that a test opens and shuts. */
export interface GatedStore extends Store {
  shut(): void
  open(): void
  /** How many statements wait. */
  waitingCount(): number
}

export function gated(store: Store, isGated: (text: string) => boolean = () => true): GatedStore {
  let gate: Promise<void> | null = null
  let open: () => void = () => undefined
  let waitingCount = 0
  return {
    ...store,
    sql: {
      run: store.sql.run,
      query: async (text, parameters) => {
        if (!isGated(text)) return store.sql.query(text, parameters)
        waitingCount += 1
        await gate
        waitingCount -= 1
        return store.sql.query(text, parameters)
      },
    },
    shut() {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    open() {
      gate = null
      open()
    },
    waitingCount: () => waitingCount,
  }
}
