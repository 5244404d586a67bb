import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../src/testing/postgres-server.js'
import { treeCpuMs } from '../process-cpu.js'

/** Prometheus' blackbox_exporter, measured beside the agent where it is installed. */
export interface Blackbox {
  probeUrl(site: string): string
  cpuMs(): number
  stop(): Promise<void>
}

const NAMES = ['prometheus-blackbox-exporter', 'blackbox_exporter']
const CONFIG =
  'modules:\n  http_2xx:\n    prober: http\n    timeout: 10s\n    http:\n      preferred_ip_protocol: ip4\n'
const START_ATTEMPTS = 50
const START_EVERY_MS = 100

/** Null when it is not installed. */
export async function startBlackbox(): Promise<Blackbox | null> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const program = folders
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file))
  if (program === undefined) return null
  const folder = mkdtempSync(path.join(tmpdir(), 'overlaps-bench-blackbox-'))
  const config = path.join(folder, 'blackbox.yml')
  writeFileSync(config, CONFIG)
  const origin = `http://127.0.0.1:${await freePort()}`
  const options = [`--config.file=${config}`, `--web.listen-address=${new URL(origin).host}`, '--log.level=error']
  const child = spawn(program, options, { stdio: 'ignore' })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await answers(`${origin}/-/healthy`))) {
    await stop()
    throw new Error(`${program} does not answer`)
  }
  return {
    probeUrl: (site) => `${origin}/probe?module=http_2xx&target=${encodeURIComponent(site)}`,
    cpuMs: () => treeCpuMs(child.pid ?? 0),
    stop,
  }
}

async function answers(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const response = await fetch(url).catch(() => null)
    if (response?.ok) return true
    await new Promise((resolve) => {
      setTimeout(resolve, START_EVERY_MS)
    })
  }
  return false
}
