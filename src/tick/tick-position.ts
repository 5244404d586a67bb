import { formatInstant, parseInstant } from '../protocol/text-forms.js'

/** Where a tick stands among those of its website. */
export interface TickPosition {
  /** Unix milliseconds. */
  roundAt: number
  validatorNo: number
}

const VALIDATOR_NO = /^[1-9]\d{0,8}$/

/** The cursor of a tick on its page. */
export function formatPosition({ roundAt, validatorNo }: TickPosition): string {
  return `${formatInstant(roundAt)}/${validatorNo}`
}

/** What a cursor says; null for a text that is none. */
export function parsePosition(cursor: string): TickPosition | null {
  const [instant = '', no = '', ...rest] = cursor.split('/')
  const roundAt = parseInstant(instant)
  if (roundAt === null || !VALIDATOR_NO.test(no) || rest.length > 0) return null
  return { roundAt, validatorNo: Number(no) }
}
