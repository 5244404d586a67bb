/** One setting: where an operator writes it, what it may be, and what holds when nobody does. */
export interface Setting<Value> {
  /** The environment variable that it is read from. */
  variable: string
  otherwise: Value
  /** What it must be, in words that follow "expected". */
  expected: string
  /** Undefined for a text that it cannot be. */
  read(text: string): Value | undefined
  /** Its text may hold a password and is not repeated. */
  isSecret?: true
}

/** One that is a whole number within bounds, or left out. */
export interface WholeSetting<Value> extends Setting<Value> {
  least: number
  most: number
}

/** Settings that belong together, by their names in the code. */
export type SettingGroup = Readonly<Record<string, Setting<unknown>>>

/** What the settings of a group come to. */
export type Values<Group> = { [Name in keyof Group]: Group[Name] extends Setting<infer Value> ? Value : never }

/** The bounds of a whole number, and what it counts. */
interface Bounds {
  least: number
  most: number
  unit: string
}

/** One that is read in a way of its own. */
export function setting<Value>(row: Setting<Value>): Setting<Value> {
  return row
}

/** A whole number within bounds. */
export function whole(
  variable: string,
  { otherwise, ...bounds }: Bounds & { otherwise: number },
): WholeSetting<number> {
  const { least, most, unit } = bounds
  return { variable, otherwise, expected: `${unit} from ${least} to ${most}`, read: readWithin(bounds), least, most }
}

/** The same, or null when it is not set, which stands for what `none` says. */
export function wholeOrNone(
  variable: string,
  { none, ...bounds }: Bounds & { none: string },
): WholeSetting<number | null> {
  const { expected, ...row } = whole(variable, { ...bounds, otherwise: 0 })
  return { ...row, otherwise: null, expected: `${expected}, or nothing for ${none}` }
}

function readWithin({ least, most }: Bounds): (text: string) => number | undefined {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN
    return value >= least && value <= most ? value : undefined
  }
}

/** 1 or 0. */
export function flag(variable: string, otherwise: boolean): Setting<boolean> {
  const read = (text: string) => (text === '1' ? true : text === '0' ? false : undefined)
  return { variable, otherwise, expected: '1 or 0', read }
}

/** One of some words. */
export function choice<const Word extends string>(
  variable: string,
  otherwise: NoInfer<Word>,
  words: readonly Word[],
): Setting<Word> {
  const expected = words.length === 2 ? words.join(' or ') : `one of ${words.join(', ')}`
  return { variable, otherwise, expected, read: (text) => words.find((word) => word === text) }
}

/** Any text. */
export function text(variable: string, otherwise: string, expected: string): Setting<string> {
  return { variable, otherwise, expected, read: (value) => value }
}
