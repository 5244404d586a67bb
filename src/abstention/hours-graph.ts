import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import { fault } from '../graph/fault.js'
import { atMost } from '../graph/items-max.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import { sumOf } from './abstention-count.js'
import { type AbstentionRefs, EVERY_REASON } from './count-type.js'
import { type AbstentionHour, type AskedHours, HOURS_MAX, listHours } from './list-hours.js'

type Refs = Pick<AbstentionRefs, 'abstentionCount'> & { validator: ValidatorRef }

export function addAbstentionHours(builder: Builder, { validator, abstentionCount }: Refs): void {
  const hour = builder.objectRef<AbstentionHour>('AbstentionHour').implement({
    description: 'What a validator could not check in the rounds of an hour, by its own account.',
    fields: (t) => ({
      from: t.expose('from', { type: 'DateTime', description: 'Start of the hour, in UTC.' }),
      couldNotCheck: t.int({
        description: 'Questions that it did not answer because it could not check.',
        resolve: ({ abstentions }) => sumOf(abstentions.map(({ count }) => count)),
      }),
      abstentions: t.field({
        type: [abstentionCount],
        description: 'The reasons, most frequent first.',
        extensions: EVERY_REASON,
        resolve: ({ abstentions }) => abstentions,
      }),
    }),
  })
  const hoursOf = perOperation(({ store, clock }, asked: readonly AskedHours[]) => listHours(store, asked, clock.now()))
  builder.prismaObjectField(validator, 'abstentions', (t) =>
    t.field({
      type: [hour],
      description:
        'The latest hours in which it could not check something, oldest first. Rounds are counted when they close; hours without abstentions are left out.',
      args: { last: t.arg.int({ defaultValue: 24, description: `Hours to look back, 1 to ${HOURS_MAX}.` }) },
      extensions: atMost(({ last }) => Math.min(Number(last), HOURS_MAX)),
      resolve: ({ no }, { last }, context) => {
        if (last < 1 || last > HOURS_MAX) {
          const message = `\`last\` must be from 1 to ${HOURS_MAX}, and ${last} was asked for.`
          throw fault('BAD_USER_INPUT', message, { argument: 'last', limit: HOURS_MAX })
        }
        return hoursOf(context, { validatorNo: no, last })
      },
    }),
  )
}
