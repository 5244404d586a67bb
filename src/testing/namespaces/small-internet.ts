import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runScript } from './run-script.js'
import { openTopology, type Topology } from './topology.js'
import type { BeaconRequest, FromWorld, ToWorld } from './world-messages.js'

/** Namespaces with websites, name servers and beacons in them, and a folder for the certificates and for homes. */
export interface SmallInternet extends Topology {
  folder: string
  /** What the beacons were asked so far. */
  beacons: BeaconRequest[]
  tell(message: ToWorld): void
}

const HERE = path.resolve('src/testing/namespaces')

export async function openSmallInternet(): Promise<SmallInternet> {
  const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-internet-'))
  await runScript(`sh ${HERE}/make-certificates.sh ${folder} 2>&1`)
  const topology = await openTopology()
  const args = ['netns', 'exec', topology.world, process.execPath, '--import', 'tsx', `${HERE}/world-server.ts`, folder]
  const server = spawn('ip', args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const beacons: BeaconRequest[] = []
  const ready = new Promise<void>((resolve, reject) => {
    server.on('message', (message: FromWorld) => {
      if (message.kind === 'BEACON') beacons.push(message.request)
      else resolve()
    })
    server.once('exit', (code) => reject(new Error(`The small internet ended with ${code}.`)))
  })
  await ready
  return {
    ...topology,
    folder,
    beacons,
    tell: (message) => void server.send(message),
    async close() {
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
      await topology.close()
      await rm(folder, { recursive: true })
    },
  }
}
