import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { tagForms, type TaggedForms } from '../http/send-forms.js'

/** Vite's output, which is beside the compiled code also when this file runs from `src`. */
const BUILT = fileURLToPath(new URL('../../dist/web/', import.meta.url))

/** By their paths below the root, such as `assets/index-BCOvdrVP.js`; each as it is and as brotli, made at build time. */
export type BuiltPages = ReadonlyMap<string, TaggedForms>

/** Throws when there is no build. */
export async function readBuiltPages(): Promise<BuiltPages> {
  const names = await readdir(BUILT, { recursive: true })
  const read = (name: string) => readFile(path.join(BUILT, name))
  const pages = names.map(async (name) => {
    if (name.endsWith('.br') || !(await stat(path.join(BUILT, name))).isFile()) return []
    const br = names.includes(`${name}.br`) ? { br: await read(`${name}.br`) } : {}
    return [[name.split(path.sep).join('/'), tagForms({ identity: await read(name), ...br })] as const]
  })
  return new Map((await Promise.all(pages)).flat())
}
