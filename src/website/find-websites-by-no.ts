import type { Parts } from '../parts.js'

export interface AnsweredWebsite {
  no: number
  id: string
  url: string
  userId: string
}

/** The websites of these numbers, deleted ones too: answers to tasks already sent still count. Absent ones are left out. */
export async function findWebsitesByNo(
  store: Pick<Parts['store'], 'sql'>,
  nos: readonly number[],
): Promise<Map<number, AnsweredWebsite>> {
  const rows = await store.sql.query<AnsweredWebsite>(
    `SELECT no, id, url, "userId" FROM "Website" WHERE no = ANY($1::int[])`,
    [nos],
  )
  return new Map(rows.map((website) => [website.no, website]))
}
