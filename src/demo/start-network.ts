import type { Logger } from 'pino'
import { startAgent, type Agent } from '../agent/start-agent.js'
import type { Clock, MachineClock } from '../clock.js'
import { readSettings } from '../hub/read-settings.js'
import { startHub } from '../hub/start-hub.js'
import { StartFault } from '../start-fault.js'
import { createKeyPair } from '../protocol/sign-statement.js'

export const ROUND_MS = 5_000
/** A validator with a process of its own is ready within a second. */
const READY_WITHIN_MS = 20_000

const VALIDATORS = [
  { label: 'oak', region: 'eu-north' },
  { label: 'elm', region: 'eu-central' },
  { label: 'fir', region: 'us-east' },
  { label: 'ash', region: 'us-west' },
  { label: 'yew', region: 'ap-south' },
] as const
export const VALIDATOR_COUNT = VALIDATORS.length

export interface Network {
  url: string
  ownerToken: string
  logInLink: string
  operatorToken: string
  close(): Promise<void>
}

/** A hub and five validators with temporary keys, all in this process. */
export async function startNetwork(dataDir: string, parts: { log: Logger; clock: MachineClock }): Promise<Network> {
  const settings = readSettings({
    PORT: '0',
    OVERLAPS_HOST: '127.0.0.1',
    OVERLAPS_DATA_DIR: dataDir,
    OVERLAPS_ROUND_CRON: `*/${ROUND_MS / 1_000} * * * * *`,
    OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
  })
  const hub = await startHub(settings, parts)
  const agents = VALIDATORS.map((self) => startValidator(hub.url, self, parts.clock))
  const close = async () => {
    // Nothing is lost with a check that is cut off here.
    await Promise.all(agents.map((agent) => agent.abort()))
    await hub.close()
  }
  try {
    await allReady(agents, parts.clock)
  } catch (error) {
    await close()
    throw error
  }
  return {
    url: hub.url,
    ownerToken: hub.firstOwner?.token ?? '',
    logInLink: hub.firstOwner?.logInLink ?? '',
    operatorToken: hub.parts.operatorToken.text,
    close,
  }
}

function startValidator(hub: string, self: { label: string; region: string }, clock: MachineClock): Agent {
  const settings = {
    hub,
    concurrency: 10,
    allowPrivateTargets: true,
    targetPorts: 'ANY' as const,
    deniedHosts: [],
    beacons: [],
    self,
    complaintsUrl: null,
    proxy: null,
  }
  return startAgent(settings, { clock, keys: createKeyPair(), report: () => {} })
}

async function allReady(agents: readonly Agent[], clock: Clock): Promise<void> {
  let cancel = () => {}
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.at(clock.now() + READY_WITHIN_MS, () =>
      reject(new StartFault(`The validators did not reach the hub within ${READY_WITHIN_MS / 1_000} s.`)),
    )
  })
  await Promise.race([Promise.all(agents.map((agent) => agent.ready)), late]).finally(cancel)
}
