import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { requireBuild } from '../../src/testing/cli/run-program.js'

/** A folder like a checkout after `npm ci`; what runs in it leaves nothing in the checkout. */
export interface BuiltCopy {
  folder: string
  remove(): Promise<void>
}

export async function makeBuiltCopy(): Promise<BuiltCopy> {
  await requireBuild()
  const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-docs-'))
  for (const name of ['package.json', 'schema.graphql', 'dist', 'prisma', 'docs']) {
    await cp(name, path.join(folder, name), { recursive: true })
  }
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}
