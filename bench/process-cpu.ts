import { readdirSync, readFileSync } from 'node:fs'

/** sysconf(_SC_CLK_TCK): 100 on every Linux that Node.js runs on. */
const CLOCK_TICKS_PER_S = 100

/** Of a process, its living children, and those that it has waited for. 0 when not on Linux. */
export function treeCpuMs(root: number): number {
  let ticks = 0
  for (const entry of listProcesses()) {
    const fields = readStat(entry)
    if (!fields) continue
    const isRoot = Number(entry) === root
    // proc(5), counted from the state: parent, then utime, stime, cutime, cstime.
    if (!isRoot && Number(fields[1]) !== root) continue
    ticks += Number(fields[11]) + Number(fields[12])
    if (isRoot) ticks += Number(fields[13]) + Number(fields[14])
  }
  return (ticks / CLOCK_TICKS_PER_S) * 1000
}

function listProcesses(): string[] {
  try {
    return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  } catch {
    return []
  }
}

/** Null when it has ended in the meantime. */
function readStat(pid: string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
