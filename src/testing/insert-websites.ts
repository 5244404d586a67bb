import type { Store } from '../store/store.js'

/** Puts many enabled websites of one owner straight into the database, where a mutation for each would take minutes. */
export async function insertWebsites({ sql }: Pick<Store, 'sql'>, count: number): Promise<void> {
  await sql.query(
    `WITH site AS (
       INSERT INTO "Website" (id, "userId", name, url)
       SELECT gen_random_uuid(), (SELECT id FROM "User" LIMIT 1), 'site ' || n, 'http://127.0.0.1:9/' || n
       FROM generate_series(1, $1::int) n RETURNING id
     )
     INSERT INTO "WebsiteCheck" ("websiteId", revision, settings) SELECT id, 1, '{}'::jsonb FROM site`,
    [count],
  )
}
