import { decodePublicKey } from '../protocol/text-forms.js'
import { inSlices } from '../store/in-slices.js'
import type { Store } from '../store/store.js'

const KEYS = `SELECT no, "publicKey" FROM "Validator" WHERE no = ANY($1::int[])`

/** Where validators stand in the order of their keys as bytes, by their numbers. base58 is of no fixed length, so texts order otherwise. */
export async function readKeyPlaces(
  { sql, rowsPerStatementMax }: Pick<Store, 'sql' | 'rowsPerStatementMax'>,
  validatorNos: ReadonlySet<number>,
): Promise<ReadonlyMap<number, number>> {
  const keys: { no: number; bytes: Buffer }[] = []
  for (const slice of inSlices([...validatorNos], rowsPerStatementMax)) {
    for (const { no, publicKey } of await sql.query<{ no: number; publicKey: string }>(KEYS, [slice])) {
      const bytes = decodePublicKey(publicKey)
      if (bytes) keys.push({ no, bytes })
    }
  }
  keys.sort((a, b) => a.bytes.compare(b.bytes))
  return new Map(keys.map(({ no }, place) => [no, place]))
}
