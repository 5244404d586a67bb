/** What is wrong with a field of what an owner typed. */
export interface FieldFault {
  /** Path of the field, such as `statuses` or `headers[2].name`. */
  field: string
  /** One sentence that names the field and what was expected. */
  message: string
}

/** One fault for what is wrong with a field; none for `null`. */
export function faultAt(field: string, message: string | null): FieldFault[] {
  return message === null ? [] : [{ field, message }]
}
