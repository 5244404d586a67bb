import { formatInstant, parseInstant } from '../protocol/text-forms.js'

export interface TickPosition {
  roundAt: number
  validatorNo: number
}

const VALIDATOR_NO = /^[1-9]\d{0,8}$/

export function formatPosition({ roundAt, validatorNo }: TickPosition): string {
  return `${formatInstant(roundAt)}/${validatorNo}`
}

export function parsePosition(cursor: string): TickPosition | null {
  const [instant = '', no = '', ...rest] = cursor.split('/')
  const roundAt = parseInstant(instant)
  if (roundAt === null || !VALIDATOR_NO.test(no) || rest.length > 0) return null
  return { roundAt, validatorNo: Number(no) }
}
