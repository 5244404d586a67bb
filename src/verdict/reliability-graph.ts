import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import type { ValidatorRef } from '../validator/validator-type.js'
import { findReliabilities, type Reliability, type ReliabilityWindow } from './find-reliability.js'

interface Question {
  no: number
  window: ReliabilityWindow
}

/** Adds `Validator.reliability`. */
export function addReliability(builder: Builder, validator: ValidatorRef): void {
  const reliability = addReliabilityType(builder)
  const window = builder.enumType('ReliabilityWindow', {
    description: 'How far back to count: every UTC day that these last hours touch.',
    values: {
      DAY: { description: '24 hours.' },
      WEEK: { description: '7 days of 24 hours.' },
      MONTH: { description: '30 days of 24 hours.' },
    } satisfies Record<ReliabilityWindow, object>,
  })
  const reliabilitiesOf = perOperation(({ store, clock }, asked: readonly Question[]) =>
    findAll(store, asked, clock.now()),
  )
  builder.prismaObjectField(validator, 'reliability', (t) =>
    t.field({
      type: reliability,
      description: 'How its answers compare with the verdicts on the websites that it was asked about.',
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
      'Answers counted against verdicts, one for each website and round: asked = agreed + disagreed + undecided + missed + late, but for late answers about websites that then got no verdict.',
    fields: (t) => ({
      from: t.expose('from', { type: 'DateTime', description: 'When the first day begins that is counted.' }),
      asked: t.exposeInt('asked', { description: 'How often it was asked, where there is a verdict.' }),
      agreed: t.exposeInt('agreed', { description: 'It said what the verdict says.' }),
      disagreed: t.exposeInt('disagreed', { description: 'It said the contrary.' }),
      undecided: t.exposeInt('undecided', { description: 'It answered, and the verdict is Inconclusive.' }),
      missed: t.exposeInt('missed', { description: 'It never answered.' }),
      late: t.exposeInt('late', { description: 'It answered after the round was over.' }),
      ratio: t.exposeFloat('ratio', {
        nullable: true,
        description:
          'agreed ÷ (agreed + disagreed + missed + late), floored to six decimals, so that one slip is never 1; null without any.',
      }),
    }),
  })
}
