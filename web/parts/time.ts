const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(localeOf(language), options)
  formats.set(key, made)
  return made
}

/** With the reader's region where the browser tells one: it decides between 15:04 and 03:04 PM. */
function localeOf(language: string): string {
  return navigator.languages.find((one) => one.startsWith(`${language}-`)) ?? language
}

/** In the reader's zone. @param at Unix milliseconds. */
export function timeOfDay(at: number, language: string): string {
  return format(language, { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** With its date unless that is today, and with its year unless that is this one. */
export function instant(at: number, language: string, precision: 'MINUTE' | 'SECOND' = 'MINUTE'): string {
  const [then, now] = [new Date(at), new Date()]
  const seconds = precision === 'SECOND' ? ({ second: '2-digit' } as const) : {}
  const time = { hour: '2-digit', minute: '2-digit', ...seconds } as const
  if (then.toDateString() === now.toDateString()) return format(language, time).format(at)
  const year = then.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return format(language, { ...time, day: 'numeric', month: 'short', ...year }).format(at)
}

/** The day of an instant on the reader's clock. @param at Unix milliseconds. */
export function dayName(at: number, language: string): string {
  return format(language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(at)
}

/** For people who compare with others' clocks. */
export function inUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** How long until something: by the second in the last two minutes. */
export function countdown(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3600)} h`
}
