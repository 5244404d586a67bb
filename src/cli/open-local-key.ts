import { mkdir } from 'node:fs/promises'
import { openKeyFile } from '../agent/key-file.js'
import type { ValidatorSettings } from '../agent/read-agent-settings.js'
import { StartFault } from '../start-fault.js'
import type { KeyPair } from '../protocol/sign-statement.js'
import type { Settings } from '../settings.js'

/** Called before the hub starts, so that a bad key does not waste the owner token that is shown only once. */
export async function openLocalKey(
  { dataDir }: Pick<Settings, 'dataDir'>,
  { keyFile }: Pick<ValidatorSettings, 'keyFile'>,
): Promise<KeyPair> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new StartFault(
      `The data folder ${dataDir} cannot be created (${error.code}): name another with OVERLAPS_DATA_DIR.`,
    )
  })
  return (await openKeyFile(keyFile)).keys
}
