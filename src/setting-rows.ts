export interface Setting<Value> {
  variable: string
  otherwise: Value
  /** In words that follow "expected". */
  expected: string
  /** Undefined when the text is not valid. */
  read(text: string): Value | undefined
  /** Its text may hold a password and is never repeated. */
  isSecret?: true
}

export interface WholeSetting<Value> extends Setting<Value> {
  least: number
  most: number
}

export type SettingGroup = Readonly<Record<string, Setting<unknown>>>

export type Values<Group> = { [Name in keyof Group]: Group[Name] extends Setting<infer Value> ? Value : never }

interface Bounds {
  least: number
  most: number
  unit: string
}

export function setting<Value>(row: Setting<Value>): Setting<Value> {
  return row
}

export function whole(
  variable: string,
  { otherwise, ...bounds }: Bounds & { otherwise: number },
): WholeSetting<number> {
  const { least, most, unit } = bounds
  return { variable, otherwise, expected: `${unit} from ${least} to ${most}`, read: readWithin(bounds), least, most }
}

/** As `whole`, or null when it is not set; `none` says what that means. */
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

export function flag(variable: string, otherwise: boolean): Setting<boolean> {
  const read = (text: string) => (text === '1' ? true : text === '0' ? false : undefined)
  return { variable, otherwise, expected: '1 or 0', read }
}

export function choice<const Word extends string>(
  variable: string,
  otherwise: NoInfer<Word>,
  words: readonly Word[],
): Setting<Word> {
  const expected = words.length === 2 ? words.join(' or ') : `one of ${words.join(', ')}`
  return { variable, otherwise, expected, read: (text) => words.find((word) => word === text) }
}

export function text(variable: string, otherwise: string, expected: string): Setting<string> {
  return { variable, otherwise, expected, read: (value) => value }
}
