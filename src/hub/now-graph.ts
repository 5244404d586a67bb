import type { Builder } from '../graph/builder.js'

/** Adds the hub's time, which validators set their rounds by. */
export function addNow(builder: Builder): void {
  builder.queryField('now', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: 'DateTime',
      description: "The answering hub's time: rounds and deadlines follow it.",
      resolve: (_root, _args, { clock }) => new Date(clock.now()),
    }),
  )
}
