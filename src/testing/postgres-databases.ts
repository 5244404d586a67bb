import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** A database of the test's own on the template's server, without a table. */
export async function createEmptyDatabase({
  url,
}: {
  url: string
}): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `overlaps_empty_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `CREATE DATABASE ${name}`)
  return {
    url: withDatabase(url, name),
    drop: async () => void (await onServer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  }
}

export function withDatabase(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}

/** Runs one statement on a connection of its own. */
export async function onServer<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}
