import { runScript } from './run-script.js'
import { prefixOf } from './stale-namespaces.js'

/** Debian's packages in which the programs are. */
const PROGRAMS = {
  ip: 'iproute2',
  iptables: 'iptables',
  ip6tables: 'iptables',
  faketime: 'faketime',
  cpulimit: 'cpulimit',
  prlimit: 'util-linux',
  openssl: 'openssl',
}

/**
 * Why tests in network namespaces cannot run here, in words; null when they can.
 * @throws where CI is true: there they must run.
 */
export async function whyNoNamespaces(isCi: boolean): Promise<string | null> {
  const why = await findReason()
  if (why !== null && isCi) throw new Error(`CI is true, so tests in network namespaces must run, but ${why}.`)
  return why
}

async function findReason(): Promise<string | null> {
  if (process.platform !== 'linux') return 'only Linux has network namespaces'
  if (process.getuid?.() !== 0) return 'they need root'
  for (const [program, debianPackage] of Object.entries(PROGRAMS)) {
    const found = await runScript(`command -v ${program} || true`)
    if (found === '') return `${program} is missing (apt-get install ${debianPackage})`
  }
  const name = `${prefixOf(process.pid)}try`
  try {
    await runScript(`ip netns add ${name}
      trap 'ip netns del ${name}' EXIT
      ip netns exec ${name} iptables -t nat -L -n
      ip netns exec ${name} ip6tables -t nat -L -n`)
    return null
  } catch (error) {
    return `this machine does not allow them: ${(error as Error).message.trim().split('\n').at(-1)}`
  }
}
