import type { Builder, ObjectRef } from '../graph/builder.js'
import type { TickEnums } from '../tick/tick-enums.js'
import type { ValidatorRefs } from '../validator/validator-type.js'
import type { ClosingAnswer } from '../verdict/round-closing.js'
import { SIGHTINGS_MAX, type Sightings } from './sightings.js'
import { atMost } from '../graph/items-max.js'

export type SightingsRef = ObjectRef<Sightings>

export type SightingRefs = TickEnums & Pick<ValidatorRefs, 'validator' | 'validatorByNo'>

export function addSightings(
  builder: Builder,
  { validator, validatorByNo, websiteStatus, failureClass }: SightingRefs,
): SightingsRef {
  const sighting = builder.objectRef<ClosingAnswer>('IncidentSighting').implement({
    description: 'What one validator saw.',
    fields: (t) => ({
      validator: t.field({
        type: validator,
        description: 'The validator.',
        resolve: ({ validatorNo }, _arguments, context) => validatorByNo(context, validatorNo),
      }),
      status: t.expose('status', { type: websiteStatus, description: 'The result of its check.' }),
      failure: t.expose('failure', {
        type: failureClass,
        nullable: true,
        description: 'Why it is Bad; null if it is Good.',
      }),
      latencyUs: t.exposeInt('latencyUs', {
        nullable: true,
        description: 'Duration of the whole check in microseconds; null if not measured.',
      }),
      setAside: t.exposeBoolean('setAside', {
        description: 'Whether its network seemed to be offline itself, so that it had no vote.',
      }),
    }),
  })
  return builder.objectRef<Sightings>('IncidentSightings').implement({
    description: `What the validators saw in one round, of at most ${SIGHTINGS_MAX}.`,
    fields: (t) => ({
      seen: t.field({
        type: [sighting],
        description: 'What is kept, in the order in which the validators signed up.',
        extensions: atMost(SIGHTINGS_MAX),
        resolve: ({ seen }) => seen,
      }),
      leftOut: t.exposeInt('leftOut', { description: 'How many more there were, which are not kept.' }),
    }),
  })
}
