/** One fault of an input, as the API names it. */
export interface InputFault {
  field: string | null
  message: string
}

/** What a form shows: faults at their fields, and those of no field it has. */
export interface FormFaults {
  at(field: string): readonly string[]
  elsewhere: readonly string[]
  count: number
}

/** `tags[3]` belongs to the field `tags`, `check.headers[0].name` to `check.headers`. */
export function spreadFaults(faults: readonly InputFault[], fields: readonly string[]): FormFaults {
  const at = new Map<string, string[]>()
  const elsewhere: string[] = []
  for (const { field, message } of faults) {
    const own = field === null ? undefined : fields.find((one) => field === one || field.startsWith(`${one}[`))
    if (own === undefined) elsewhere.push(message)
    else at.set(own, [...(at.get(own) ?? []), message])
  }
  return { at: (field) => at.get(field) ?? [], elsewhere, count: faults.length }
}
