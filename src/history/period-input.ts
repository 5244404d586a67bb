import type { Builder } from '../graph/builder.js'
import { fault } from '../graph/fault.js'
import { readInstant } from '../graph/instant-argument.js'
import type { Period, WindowName } from './period.js'

export interface PeriodArgument {
  window?: WindowName | null | undefined
  span?: { from: string; to: string } | null | undefined
}

const PATHS = { window: 'over.window', from: 'over.span.from', to: 'over.span.to' } as const

export type PeriodRef = ReturnType<typeof addPeriodInput>

export function addPeriodInput(builder: Builder) {
  const window = builder.enumType('TimeWindow', {
    description: 'A period that ends with the last closed round. All but LAST_HOUR begin on a quarter of an hour.',
    values: {
      LAST_HOUR: { description: '60 minutes.' },
      LAST_24_HOURS: { description: '24 hours.' },
      LAST_7_DAYS: { description: '7 days of 24 hours.' },
      LAST_30_DAYS: { description: '30 days of 24 hours.' },
      LAST_90_DAYS: { description: '90 days of 24 hours.' },
      LAST_365_DAYS: { description: '365 days of 24 hours.' },
    } satisfies Record<WindowName, object>,
  })
  const span = builder.inputType('TimeSpanInput', {
    description: 'From one instant to another: `from` ≤ t < `to`.',
    fields: (t) => ({
      from: t.field({ type: 'DateTime', description: 'The first instant.' }),
      to: t.field({ type: 'DateTime', description: 'The instant that ends it, not included.' }),
    }),
  })
  return builder.inputType('PeriodInput', {
    description: 'The time: a window that ends with the last closed round, or a span of your choice.',
    isOneOf: true,
    fields: (t) => ({
      window: t.field({ type: window, required: false, description: 'A window that ends with the last closed round.' }),
      span: t.field({ type: span, required: false, description: 'From one instant to another.' }),
    }),
  })
}

/** @throws BAD_USER_INPUT for a text that is no instant in its one spelling. */
export function readPeriod({ window, span }: PeriodArgument): Period {
  if (window) return { window }
  const from = readInstant(PATHS.from, span?.from)
  const to = readInstant(PATHS.to, span?.to)
  if (from === null || to === null) throw new Error('a period is neither a window nor a span')
  return { from, to }
}

export function periodFault({ argument, message, ...details }: { argument: string; message: string }) {
  const path = argument in PATHS ? PATHS[argument as keyof typeof PATHS] : argument
  return fault('BAD_USER_INPUT', message, { argument: path, ...details })
}
