import { exportSource, instant, readInTurn } from './export-source.js'

interface StoredRow {
  id: string
  at: Date
  enabled: boolean
  deleted: boolean
  everyRounds: number
  checkRevision: number
}

type ChangeRow = StoredRow & { website: string }

/** Along the index by instant. What was in force when the time begins is older than it, and needed to count it. */
const PAGE = `
SELECT c.id::text AS id, c.at, c.enabled, c.deleted, c."everyRounds", c."checkRevision"
FROM "WebsiteChange" c
WHERE c."websiteId" = $1::uuid AND c.at < $3::timestamptz
  AND c.at >= coalesce(
    (SELECT max(b.at) FROM "WebsiteChange" b WHERE b."websiteId" = $1::uuid AND b.at <= $2::timestamptz),
    $2::timestamptz)
  AND (c.at, c.id) > ($4::timestamptz, $5::uuid)
ORDER BY c.at, c.id LIMIT $6::int`

const EPOCH = new Date(0)
const NIL = '00000000-0000-0000-0000-000000000000'

export const CHANGES = {
  ...exportSource<ChangeRow>(
    {
      at: (row) => instant(row.at),
      website: (row) => row.website,
      enabled: (row) => row.enabled,
      deleted: (row) => row.deleted,
      every_rounds: (row) => row.everyRounds,
      check_revision: (row) => row.checkRevision,
    },
    async function* (sql, { website, from, until, rowsMax }) {
      const bounds = [website.id, new Date(from), new Date(until)]
      const pages = readInTurn<StoredRow>(rowsMax, (last) =>
        sql.query(PAGE, [...bounds, last?.at ?? EPOCH, last?.id ?? NIL, rowsMax]),
      )
      for await (const page of pages) yield page.map((row) => ({ ...row, website: website.id }))
    },
  ),
  isLog: true,
}
