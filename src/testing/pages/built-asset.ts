import { readdir } from 'node:fs/promises'

/** The name of the built file of a type, below `/assets/`. */
export async function builtAsset(type: 'css' | 'js' | 'svg'): Promise<string> {
  const name = (await readdir('dist/web/assets')).find((one) => one.endsWith(`.${type}`))
  if (name === undefined) throw new Error(`dist/web has no ${type} file: run npm run build first.`)
  return name
}
