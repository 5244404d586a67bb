import { localOrigin } from '../http/listen.js'
import { readOperatorToken } from '../access/operator-token.js'
import { StartFault } from '../start-fault.js'
import { askHub } from './ask-hub.js'
import type { CliHost } from './cli-host.js'
import { readHubSettings } from './read-hub-settings.js'

/** As `askHub`, with the operator token of the data folder. Throws StartFault also when there is no token or no hub. */
export async function askAsOperator<Data>(
  host: CliHost,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const settings = readHubSettings(host.env)
  const { dataDir } = settings
  const operatorToken = await readOperatorToken(dataDir).catch(() => {
    throw new StartFault(
      `There is no operator token in the data folder ${dataDir}: set OVERLAPS_DATA_DIR to the hub's, or start one here.`,
    )
  })
  const hub = localOrigin(settings.host, settings.port)
  const data = await askHub<Data>({ hub, operatorToken, dataDir }, { query, variables })
  if (data === null) {
    throw new StartFault(`No hub answers at ${hub}: start it, or set PORT to the port that it runs on.`)
  }
  return data
}
