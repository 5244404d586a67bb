import type { Sql } from '../store/store.js'

export interface ExportedValidator {
  no: number
  id: string
  publicKey: string
}

/** Validators by their numbers. */
export async function findValidators(sql: Sql, nos: readonly number[]): Promise<Map<number, ExportedValidator>> {
  const rows = await sql.query<ExportedValidator>(
    `SELECT no, id::text AS id, "publicKey" FROM "Validator" WHERE no = ANY($1::int[])`,
    [[...new Set(nos)]],
  )
  return new Map(rows.map((validator) => [validator.no, validator]))
}
