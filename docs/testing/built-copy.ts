import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runShell } from './run-shell.js'

/** A folder like a checkout after `npm ci`, built from the code as it is now; what runs in it leaves nothing in the checkout. */
export interface BuiltCopy {
  folder: string
  remove(): Promise<void>
}

export async function makeBuiltCopy(environment: Record<string, string>): Promise<BuiltCopy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-docs-'))
  const compiler = path.resolve('node_modules/typescript/bin/tsc')
  const build = `node '${compiler}' -p tsconfig.build.json --outDir '${folder}/dist' --sourceMap false`
  const { code, stdout } = await runShell(build, { cwd: process.cwd(), env: environment, until: null })
  if (code !== 0) throw new Error(`the build failed: ${stdout}`)
  for (const name of ['package.json', 'schema.graphql', 'prisma', 'docs']) {
    await cp(name, path.join(folder, name), { recursive: true })
  }
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}
