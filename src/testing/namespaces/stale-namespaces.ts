import { rm } from 'node:fs/promises'
import { runScript } from './run-script.js'

export const prefixOf = (pid: number) => `overlaps-${pid}-`

/** Removes the namespaces of one process with all that runs in them. */
export async function removeNamespaces(pid: number): Promise<void> {
  const prefix = prefixOf(pid)
  for (const name of (await listNamespaces()).filter((listed) => listed.startsWith(prefix))) {
    await runScript(`for pid in $(ip netns pids ${name}); do kill -9 $pid || true; done; ip netns del ${name}`)
    await rm(`/etc/netns/${name}`, { recursive: true, force: true })
  }
}

/** Removes what test processes that were killed have left behind. */
export async function removeStaleNamespaces(): Promise<void> {
  const owners = (await listNamespaces()).map((name) => /^overlaps-(\d+)-/.exec(name)?.[1])
  for (const owner of new Set(owners)) if (owner !== undefined && !isAlive(+owner)) await removeNamespaces(+owner)
}

async function listNamespaces(): Promise<string[]> {
  const listed = await runScript('ip netns list')
  return listed.split('\n').map((line) => line.split(' ')[0] ?? '')
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
