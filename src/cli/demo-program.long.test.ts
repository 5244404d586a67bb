import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askProgram, PATIENCE_MS, requireBuild, runProgram } from '../testing/cli/run-program.js'

let folder: string
beforeAll(async () => {
  await requireBuild()
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-programs-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (args: string[], env: Record<string, string>) => runProgram(args, { cwd: folder, env })

describe('overlaps demo', () => {
  test(
    'shows its rounds, ends by itself and leaves nothing behind',
    async () => {
      const TMPDIR = await mkdtemp(path.join(folder, 'tmp-'))
      const demo = run(['demo', '--rounds', '1'], { TMPDIR })
      const [, url = '', token = ''] = await demo.until(/^While it runs: GraphiQL (\S+)\/graphql .* token (\S+)$/)
      expect(await askProgram(url, token, '{ websites { totalCount } }')).toEqual({ websites: { totalCount: 3 } })
      expect(await demo.ended).toBe(0)
      const text = demo.lines.join('\n')
      expect(text).toMatch(/^round 1 of 1, /m)
      expect(text).toMatch(/^ {2}steady shop +Good +100\.0 % +\d+ ms {2}[1-5] good$/m)
      expect(text).toMatch(/^ {2}lamports earned: ash \d+ \(\d answers\), elm /m)
      expect(await readdir(TMPDIR)).toEqual([])
      await expect(fetch(url)).rejects.toThrow('fetch failed')
    },
    PATIENCE_MS,
  )

  test.each(['SIGINT', 'SIGHUP'] as const)(
    'leaves nothing behind after %s',
    async (signal) => {
      const TMPDIR = await mkdtemp(path.join(folder, 'tmp-'))
      const demo = run(['demo'], { TMPDIR })
      await demo.until(/temporary folder/)
      expect(await readdir(TMPDIR)).toHaveLength(1)
      demo.signal(signal)
      expect(await demo.ended).toBe(0)
      expect(await readdir(TMPDIR)).toEqual([])
    },
    PATIENCE_MS,
  )
})
