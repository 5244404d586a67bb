import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BACKUP_LINE_MAX_BYTES } from '../../limits.js'
import { checkBackup } from './check-backup.js'

const own = [
  { name: '1_first', checksum: 'a', sql: '' },
  { name: '2_second', checksum: 'b', sql: '' },
]
const header = {
  format: 'overlaps-backup',
  version: 1,
  hubVersion: '9.8.7',
  takenAt: '2026-11-22T13:00:00.000Z',
  kind: 'pglite',
  migrations: own.map(({ name, checksum }) => ({ name, checksum })),
}
const table = { table: 'User', columns: ['id', 'email'], partitions: [] }
const rows = [
  ['1', 'ada@example.com'],
  ['2', null],
]
const sequences = { sequences: [{ name: 'parts.submission_id', lastValue: '12' }] }

let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-read-backup-'))
  file = path.join(folder, 'a.backup')
})
afterAll(() => rm(folder, { recursive: true }))

const joined = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const endOf = (text: string, rowCounts: object) => ({
  rowCounts,
  sha256: createHash('sha256').update(text).digest('hex'),
})
/** Has the right checksum, whatever its lines are. */
function withEnd(lines: readonly object[], rowCounts: object = { User: 2 }): Buffer {
  const text = joined(lines)
  return gzipSync(text + joined([endOf(text, rowCounts)]))
}
const whole = withEnd([header, table, ...rows, sequences])

async function check(bytes: Uint8Array) {
  await writeFile(file, bytes)
  return checkBackup(file, own)
}

const content = gunzipSync(whole)
/** gzip's time, system and the bits that fill its last byte are not content. */
function inflates(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes)
  } catch {
    return null
  }
}

describe('checkBackup', () => {
  it('takes a whole one', async () => {
    expect(await check(whole)).toEqual({ kind: 'usable', header, rowCounts: { User: 2 } })
  })

  it('takes one of an older version', async () => {
    const older = { ...header, migrations: header.migrations.slice(0, 1) }
    expect(await check(withEnd([older, table, ...rows, sequences]))).toMatchObject({ kind: 'usable' })
  })

  it('refuses it cut anywhere', async () => {
    for (let length = 0; length < whole.length; length++) {
      const outcome = await check(whole.subarray(0, length))
      expect(outcome).toMatchObject({ kind: 'unusable', message: expect.stringContaining(file) as string })
    }
    expect(await check(whole.subarray(0, -9))).toMatchObject({
      message: `${file} is cut off: it ends before its last line.`,
    })
  })

  it('refuses it with any byte changed, or whatever was put behind it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ flip
        expect((await check(bytes)).kind === 'unusable' || inflates(bytes)?.equals(content)).toBe(true)
      }),
    )
    // The last of these inflates to nothing.
    for (const more of [Buffer.alloc(10), Buffer.from('more'), gzipSync('{}\n'), gzipSync('')]) {
      expect(await check(Buffer.concat([whole, more]))).toMatchObject({
        kind: more.length === 20 ? 'usable' : 'unusable',
      })
    }
  })

  it('refuses rows that were changed and compressed again', async () => {
    const text = joined([header, table, ...rows, sequences])
    const end = joined([endOf(text, { User: 2 })])
    expect(await check(gzipSync(text.replace('ada@', 'eve@') + end))).toEqual({
      kind: 'unusable',
      message: `${file} is damaged: its content is not what was written.`,
    })
  })

  it.each([
    ['no end', gzipSync(joined([header, table, ...rows, sequences])), 'is cut off'],
    ['another count', withEnd([header, table, ...rows, sequences], { User: 3 }), 'is damaged'],
    ['a table that it does not count', withEnd([header, table, ...rows, sequences], {}), 'is damaged'],
    ['rows of no table', withEnd([header, ...rows, sequences], {}), 'is damaged'],
    ['a table twice', withEnd([header, table, table, ...rows, sequences]), 'is damaged'],
    ['no sequences', withEnd([header, table, ...rows]), 'is damaged'],
    [
      'something behind its end',
      gzipSync(`${joined([header, sequences, endOf(joined([header, sequences]), {})])}{}\n`),
      'is damaged',
    ],
    ['no header', withEnd([table, ...rows, sequences]), 'is not a backup of Overlaps'],
    ['nothing', gzipSync(''), 'is not a backup of Overlaps'],
    ['something else', gzipSync('hello\n'), 'is not a backup of Overlaps'],
    ['a line without an end', gzipSync(Buffer.alloc(BACKUP_LINE_MAX_BYTES * 2)), 'is not a backup of Overlaps'],
    [
      'a later format',
      withEnd([{ ...header, version: 2 }]),
      'is of format 2, and this version of Overlaps reads format 1',
    ],
    [
      'a newer version’s tables',
      withEnd([{ ...header, migrations: [...header.migrations, { name: '3_third', checksum: 'c' }] }]),
      'is newer than this version of Overlaps (it has the migration 3_third): restore it with the version that made it (9.8.7)',
    ],
    [
      'other migrations',
      withEnd([{ ...header, migrations: [{ name: '1_first', checksum: 'x' }] }]),
      'was made by other migrations than those of this version of Overlaps (1_first)',
    ],
    [
      'a migration that is left out',
      withEnd([{ ...header, migrations: header.migrations.slice(1) }]),
      'was made by other migrations than those of this version of Overlaps (2_second)',
    ],
  ])('refuses one with %s', async (_name, bytes, words) => {
    expect(await check(bytes)).toMatchObject({ kind: 'unusable', message: expect.stringContaining(words) as string })
  })

  it('leaves what the system says of a file to its caller', async () => {
    await expect(checkBackup(path.join(folder, 'none'), own)).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(checkBackup(folder, own)).rejects.toMatchObject({ code: 'EISDIR' })
  })
})
