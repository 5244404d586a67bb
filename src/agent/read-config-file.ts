import { readFile } from 'node:fs/promises'

import { z } from 'zod'

import { StartFault } from '../start-fault.js'
import type { WrittenSettings } from './read-agent-settings.js'

const SETTINGS_OBJECT = z.record(z.string(), z.unknown())

/** Throws `StartFault` when there is no such file or no object in it. */
export async function readConfigFile(path: string): Promise<WrittenSettings> {
  const text = await readText(path)
  const { data, error } = SETTINGS_OBJECT.safeParse(parseJson(text))
  if (error !== undefined) {
    throw new StartFault(`The configuration file ${path} is not a JSON object of settings by name.`)
  }
  return data
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new StartFault(`The configuration file ${path} cannot be read (${code}): check the path given with --config.`)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
