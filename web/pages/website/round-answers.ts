import type { WebsiteRoundQuery } from '../../client/graphql'

type Found = NonNullable<WebsiteRoundQuery['website']>
export type RoundVerdict = Found['verdicts']['edges'][number]['node']
export type Tick = Found['ticks']['edges'][number]['node']

/** Who was asked in a round, of the export of rosters. */
export interface RosterLine {
  validator: string
  public_key: string
  network: number
}

/** Whose votes were set aside, of the export of ticks. */
export interface TickLine {
  validator: string
  set_aside: boolean
}

export interface Answer {
  validator: { id: string; label: string | null; region: string | null; publicKey: string }
  /** Numbered anew in each round; null where it is not known. */
  network: number | null
  isSetAside: boolean
  /** Null where there was no answer in time. */
  tick: Tick | null
}

type Names = ReadonlyMap<string, { label: string | null; region: string | null }>

/** Everybody who was asked, networks together, those that found it Bad first and those that were silent last. */
export function joinAnswers(
  ticks: readonly Tick[],
  roster: readonly RosterLine[],
  counted: readonly TickLine[],
  names: Names,
): Answer[] {
  const networks = new Map(roster.map(({ validator, network }) => [validator, network]))
  const setAside = new Set(counted.filter(({ set_aside }) => set_aside).map(({ validator }) => validator))
  const answered = new Set(ticks.map(({ validator }) => validator.id))
  const answers = ticks.map((tick): Answer => ({
    validator: tick.validator,
    network: networks.get(tick.validator.id) ?? null,
    isSetAside: setAside.has(tick.validator.id),
    tick,
  }))
  const silent = roster
    .filter(({ validator }) => !answered.has(validator))
    .map(({ validator: id, public_key: publicKey, network }): Answer => {
      const { label = null, region = null } = names.get(id) ?? {}
      return { validator: { id, label, region, publicKey }, network, isSetAside: false, tick: null }
    })
  return [...answers, ...silent].toSorted(
    (one, other) => rank(one) - rank(other) || (one.network ?? 0) - (other.network ?? 0),
  )
}

function rank({ tick }: Answer): number {
  return tick === null ? 2 : tick.status === 'Bad' ? 0 : 1
}

export const PHASES = ['dnsUs', 'connectUs', 'tlsUs', 'firstByteUs'] as const
export type Phase = (typeof PHASES)[number]

/** The lower one of two in the middle, so that it was really measured; null where nothing was. */
export function medianPhases(answers: readonly Answer[]): Record<Phase, number | null> {
  const good = answers.flatMap(({ tick }) => (tick?.status === 'Good' ? [tick] : []))
  const median = (phase: Phase) => {
    const values = good.flatMap((tick) => tick[phase] ?? []).toSorted((a, b) => a - b)
    return values[Math.floor((values.length - 1) / 2)] ?? null
  }
  return {
    dnsUs: median('dnsUs'),
    connectUs: median('connectUs'),
    tlsUs: median('tlsUs'),
    firstByteUs: median('firstByteUs'),
  }
}
