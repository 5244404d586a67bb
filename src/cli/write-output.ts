import { randomBytes } from 'node:crypto'
import { access, open, rename, rm } from 'node:fs/promises'
import { StartFault } from '../start-fault.js'

/** Throws StartFault when there is such a file, so that nothing starts that would end in overwriting it. */
export async function requireNoFile(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw new StartFault(`${file} already exists: name another file, or overwrite it with --force.`)
}

/** All or nothing: it gets its name once everything is written, and is removed when `pieces` throws. */
export async function writeOutput(
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  existing: 'KEEP' | 'REPLACE',
): Promise<void> {
  const part = `${file}.${randomBytes(6).toString('hex')}.part`
  const handle = await open(part, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new StartFault(`${file} cannot be created (${error.code}): check its folder.`)
  })
  try {
    try {
      for await (const piece of pieces) await handle.appendFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (existing === 'KEEP') await claim(file)
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Somebody else may have made the file in the meantime, and renaming would overwrite theirs. */
async function claim(file: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') await requireNoFile(file)
    throw error
  })
  await handle.close()
}
