import { mkdir, writeFile } from 'node:fs/promises'
import { lanOf, PORTAL, resolversOf, WEBSITE } from './addresses.js'
import { runScript } from './run-script.js'
import { prefixOf, removeNamespaces, removeStaleNamespaces } from './stale-namespaces.js'

/** A machine with a validator: a LAN behind a gateway, and a link of its own to the hub. */
export interface Home {
  number: number
  /** The namespace of the machine and that of the first hop. */
  machine: string
  gateway: string
}

/**
 * world (websites, name servers, beacons) – isp – gateway – machine, and each machine also to this process's own network,
 * where the hub is: the internet can be away while the hub is not.
 */
export interface Topology {
  world: string
  isp: string
  /** Where the hub of this process listens. */
  hubAddress: string
  addHome(number: number): Promise<Home>
  close(): Promise<void>
}

/** Of 198.18.0.0/15, which is for tests of networks. */
const BLOCKS = 250

export async function openTopology(): Promise<Topology> {
  await removeStaleNamespaces()
  const prefix = prefixOf(process.pid)
  const [world, isp] = [`${prefix}world`, `${prefix}isp`]
  const block = (process.pid % BLOCKS) + 1
  const hubAddress = `198.18.${block}.1`
  await runScript(`${add(world)} ${add(isp)} ${addWorld(world, isp)}`)
  return {
    world,
    isp,
    hubAddress,
    async addHome(number) {
      const home = { number, machine: `${prefix}home${number}`, gateway: `${prefix}gate${number}` }
      await giveResolvers(home)
      await runScript(`${add(home.machine)} ${add(home.gateway)} ${addLan(home, isp)} ${restoreUplink(home)}
        ip link add ov${process.pid}h${number} type veth peer name hub netns ${home.machine}
        ip addr add ${hubAddress} peer 198.19.${number}.${block} dev ov${process.pid}h${number}
        ip link set ov${process.pid}h${number} up
        ip -n ${home.machine} addr add 198.19.${number}.${block} peer ${hubAddress} dev hub
        ip -n ${home.machine} link set hub up`)
      return home
    },
    close: () => removeNamespaces(process.pid),
  }
}

/** Brings the machine's own line up as it was. */
export function restoreUplink({ machine, number }: Home): string {
  const { v4, v6 } = lanOf(number)
  return `
    ip -n ${machine} link set eth0 up
    ip -n ${machine} addr replace ${v6}:2/64 dev eth0 nodad
    ip -n ${machine} route replace default via ${v4}.1 dev eth0
    ip -n ${machine} -6 route replace default via ${v6}:1 dev eth0`
}

function add(name: string): string {
  return `
    ip netns add ${name}
    ip -n ${name} link set lo up
    ip netns exec ${name} sh -ec '
      echo 1 >/proc/sys/net/ipv4/ip_forward
      echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
      echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad'`
}

function addWorld(world: string, isp: string): string {
  return `
    ip link add world netns ${isp} type veth peer name eth0 netns ${world}
    ip -n ${isp} addr add 10.254.0.1/30 dev world
    ip -n ${isp} addr add fd00:254::1/64 dev world nodad
    ip -n ${isp} link set world up
    ip -n ${world} addr add 10.254.0.2/30 dev eth0
    ip -n ${world} addr add fd00:254::2/64 dev eth0 nodad
    ip -n ${world} link set eth0 up
    ip -n ${world} route add default via 10.254.0.1
    ip -n ${world} -6 route add default via fd00:254::1
    ip -n ${world} route add local 11.0.0.0/8 dev lo
    ip -n ${world} -6 route add local 2a0f:1::/32 dev lo
    ip netns exec ${world} sh -c 'echo 1 >/proc/sys/net/ipv6/ip_nonlocal_bind'
    ip -n ${isp} route add 11.0.0.0/8 via 10.254.0.2
    ip -n ${isp} -6 route add 2a0f:1::/32 via fd00:254::2
    ip -n ${isp} route add unreachable ${WEBSITE.unreachable}
    ip netns exec ${world} iptables -t nat -A PREROUTING -d ${PORTAL.v4} -p tcp --dport 443 -j REDIRECT --to-ports 8443
    ip netns exec ${world} iptables -A INPUT -d ${WEBSITE.refused} -p tcp -j REJECT --reject-with tcp-reset
    ip netns exec ${world} iptables -A INPUT -d ${WEBSITE.blackHole} -j DROP
    ip netns exec ${world} ip6tables -A INPUT -d ${WEBSITE.refusedOver6} -p tcp -j REJECT --reject-with tcp-reset`
}

function addLan({ machine, gateway, number }: Home, isp: string): string {
  const { v4, v6 } = lanOf(number)
  return `
    ip link add home${number} netns ${isp} type veth peer name isp netns ${gateway}
    ip -n ${isp} addr add 10.254.${number}.1/30 dev home${number}
    ip -n ${isp} addr add fd00:254:${number}::1/64 dev home${number} nodad
    ip -n ${isp} link set home${number} up
    ip -n ${gateway} addr add 10.254.${number}.2/30 dev isp
    ip -n ${gateway} addr add fd00:254:${number}::2/64 dev isp nodad
    ip -n ${gateway} link set isp up
    ip -n ${gateway} route add default via 10.254.${number}.1
    ip -n ${gateway} -6 route add default via fd00:254:${number}::1
    ip -n ${isp} route add ${v4}.0/24 via 10.254.${number}.2
    ip -n ${isp} -6 route add ${v6}:/64 via fd00:254:${number}::2
    ip link add eth0 netns ${machine} type veth peer name lan netns ${gateway}
    ip -n ${gateway} addr add ${v4}.1/24 dev lan
    ip -n ${gateway} addr add ${v6}:1/64 dev lan nodad
    ip -n ${gateway} link set lan up
    ip -n ${machine} addr add ${v4}.2/24 dev eth0`
}

/** `ip netns exec` shows this file to what it starts. */
async function giveResolvers({ machine, number }: Home): Promise<void> {
  const { v4, v6 } = resolversOf(number)
  await mkdir(`/etc/netns/${machine}`, { recursive: true })
  await writeFile(`/etc/netns/${machine}/resolv.conf`, `nameserver ${v4}\nnameserver ${v6}\n`)
}
