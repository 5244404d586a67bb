import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import { findReliabilities, type Reliability, type ReliabilityWindow } from './find-reliability.js'

interface Question {
  no: number
  window: ReliabilityWindow
}

export function addReliability(builder: Builder, validator: ValidatorRef): void {
  const reliability = addReliabilityType(builder)
  const window = builder.enumType('ReliabilityWindow', {
    description: 'How far back to count: all UTC days that this time touches.',
    values: {
      LAST_24_HOURS: { description: '24 hours.' },
      LAST_7_DAYS: { description: '7 days of 24 hours.' },
      LAST_30_DAYS: { description: '30 days of 24 hours.' },
    } satisfies Record<ReliabilityWindow, object>,
  })
  const reliabilitiesOf = perOperation(({ store, clock }, asked: readonly Question[]) =>
    findAll(store, asked, clock.now()),
  )
  builder.prismaObjectField(validator, 'reliability', (t) =>
    t.field({
      type: reliability,
      description: 'How the answers of this validator compare with the verdicts.',
      args: { window: t.arg({ type: window, description: 'How far back to count.' }) },
      resolve: ({ no }, { window }, context) => reliabilitiesOf(context, { no, window }),
    }),
  )
}

async function findAll(store: GraphContext['store'], asked: readonly Question[], now: number): Promise<Reliability[]> {
  const found = new Map<string, Reliability>()
  for (const window of new Set(asked.map((question) => question.window))) {
    const nos = asked.filter((question) => question.window === window).map(({ no }) => no)
    const reliabilities = await findReliabilities(store, nos, window, now)
    for (const [index, no] of nos.entries()) {
      const reliability = reliabilities[index]
      if (reliability) found.set(`${window}/${no}`, reliability)
    }
  }
  return asked.map(({ no, window }) => found.get(`${window}/${no}`)).filter((one) => one !== undefined)
}

function addReliabilityType(builder: Builder) {
  return builder.objectRef<Reliability>('Reliability').implement({
    description:
      'Answers compared with verdicts, counted per website and round. `asked` is the sum of agreed, disagreed, undecided, missed and late; only late answers about websites without a verdict come on top.',
    fields: (t) => ({
      from: t.expose('from', { type: 'DateTime', description: 'Start of the first day counted.' }),
      asked: t.exposeInt('asked', { description: 'Questions about websites that got a verdict.' }),
      agreed: t.exposeInt('agreed', { description: 'Answers that match the verdict.' }),
      disagreed: t.exposeInt('disagreed', { description: 'Answers that contradict the verdict.' }),
      undecided: t.exposeInt('undecided', { description: 'Answers where the verdict is Inconclusive.' }),
      missed: t.exposeInt('missed', { description: 'Questions without an answer.' }),
      couldNotCheck: t.exposeInt('couldNotCheck', {
        description: 'How many of the missed ones it explained: it said in time that it could not check.',
      }),
      late: t.exposeInt('late', { description: 'Answers after the deadline.' }),
      ratio: t.exposeFloat('ratio', {
        nullable: true,
        description:
          'agreed ÷ (agreed + disagreed + missed + late), rounded down to six decimals, so that a single slip never shows as 1. Null if all are 0.',
      }),
    }),
  })
}
