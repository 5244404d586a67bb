import { lanOf, PORTAL, WEBSITE } from './addresses.js'
import type { Fault, Scene } from './fault.js'
import { runScript } from './run-script.js'
import { restoreUplink } from './topology.js'
import type { PortalManner, ResolverMood } from './world-messages.js'

/** What befalls a line or what is behind it. */

const inMachine = ({ agent }: Scene) => `ip netns exec ${agent.home.machine}`
const inGateway = ({ agent }: Scene) => `ip netns exec ${agent.home.gateway}`
const restore = ({ agent }: Scene) => runScript(restoreUplink(agent.home))

/** Rules of the gateway's firewall, added at the beginning and taken away at the end. */
function gatewayRules(rules: (scene: Scene) => readonly string[]): Pick<Fault, 'begin' | 'end'> {
  const apply = (scene: Scene, verb: 'I' | 'D') =>
    runScript(
      rules(scene)
        .map((rule) => `${inGateway(scene)} ${rule.replace('-RULE', `-${verb}`)}`)
        .join('\n'),
    )
  return { begin: (scene) => apply(scene, 'I'), end: (scene) => apply(scene, 'D') }
}

const BLACK_HOLE = ['iptables -RULE FORWARD -j DROP', 'ip6tables -RULE FORWARD -j DROP']

function moods(mood: ResolverMood): Pick<Fault, 'begin' | 'end'> {
  const tell =
    (told: ResolverMood) =>
    async ({ internet, agent }: Scene) =>
      internet.tell({ kind: 'RESOLVER', home: agent.home.number, mood: told })
  return { begin: tell(mood), end: tell('WELL') }
}

function portal(manner: PortalManner): Pick<Fault, 'begin' | 'end'> {
  const rules = gatewayRules(() => [
    `iptables -t nat -RULE PREROUTING -i lan -p tcp --dport 80 -j DNAT --to-destination ${PORTAL.v4}:8080`,
    `iptables -t nat -RULE PREROUTING -i lan -p tcp --dport 443 -j DNAT --to-destination ${PORTAL.v4}:8443`,
    `ip6tables -t nat -RULE PREROUTING -i lan -p tcp --dport 80 -j DNAT --to-destination [${PORTAL.v6}]:8080`,
    `ip6tables -t nat -RULE PREROUTING -i lan -p tcp --dport 443 -j DNAT --to-destination [${PORTAL.v6}]:8443`,
  ])
  return {
    async begin(scene) {
      scene.internet.tell({ kind: 'PORTAL', home: scene.agent.home.number, manner })
      await rules.begin(scene)
    },
    end: rules.end,
  }
}

const byShell =
  (script: (scene: Scene) => string): Fault['begin'] =>
  (scene) =>
    runScript(script(scene))

export const LINE_FAULTS: readonly Fault[] = [
  {
    name: 'interface down',
    when: 'CI',
    begin: byShell((scene) => `${inMachine(scene)} ip link set eth0 down`),
    end: restore,
    reason: 'NO_NETWORK',
    takes: 'ALL',
  },
  {
    name: 'default route gone',
    when: 'FULL',
    begin: byShell((scene) => `${inMachine(scene)} ip route del default; ${inMachine(scene)} ip -6 route del default`),
    end: restore,
    reason: 'NO_NETWORK',
    takes: 'ALL',
  },
  {
    name: 'carrier lost',
    when: 'FULL',
    begin: byShell((scene) => `${inGateway(scene)} ip link set lan down`),
    end: byShell(
      (scene) => `${inGateway(scene)} ip link set lan up
        ${inGateway(scene)} ip addr replace ${lanOf(scene.agent.home.number).v6}:1/64 dev lan nodad`,
    ),
    reason: 'NO_NETWORK',
    takes: 'ALL',
  },
  {
    name: 'address lost',
    when: 'FULL',
    begin: byShell((scene) => `${inMachine(scene)} ip addr flush dev eth0`),
    end: byShell(
      (scene) =>
        `${inMachine(scene)} ip addr add ${lanOf(scene.agent.home.number).v4}.2/24 dev eth0; ${restoreUplink(scene.agent.home)}`,
    ),
    reason: 'NO_NETWORK',
    takes: 'ALL',
  },
  {
    name: 'interfaces that lead nowhere come',
    when: 'FULL',
    begin: byShell(
      (scene) => `${inMachine(scene)} ip link add docker0 type veth peer name veth1
      ${inMachine(scene)} ip addr add 172.17.0.1/16 dev docker0
      ${inMachine(scene)} ip link set docker0 up
      ${inMachine(scene)} ip link set veth1 up`,
    ),
    end: byShell((scene) => `${inMachine(scene)} ip link del docker0`),
    reason: null,
    takes: [],
  },
  {
    name: 'another temporary address',
    when: 'FULL',
    begin: byShell(
      (scene) => `${inMachine(scene)} ip addr add ${lanOf(scene.agent.home.number).v6}:abcd/64 dev eth0 nodad
      ${inMachine(scene)} ip -6 route replace default via ${lanOf(scene.agent.home.number).v6}:1 dev eth0 src ${lanOf(scene.agent.home.number).v6}:abcd`,
    ),
    end: restore,
    reason: null,
    takes: [],
  },
  {
    name: 'black hole at the gateway',
    when: 'CI',
    ...gatewayRules(() => BLACK_HOLE),
    reason: 'NO_NETWORK',
    takes: 'ALL',
  },
  {
    name: 'gateway without a line, which answers unreachable',
    when: 'CI',
    begin: byShell((scene) => `${inGateway(scene)} ip route del default; ${inGateway(scene)} ip -6 route del default`),
    end: byShell(
      (scene) => `${inGateway(scene)} ip route add default via 10.254.${scene.agent.home.number}.1
        ${inGateway(scene)} ip -6 route add default via fd00:254:${scene.agent.home.number}::1`,
    ),
    reason: 'NO_NETWORK',
    takes: 'ALL',
  },
  {
    name: 'gateway that refuses everything',
    when: 'FULL',
    ...gatewayRules(() => [
      'iptables -RULE FORWARD -p tcp -j REJECT --reject-with tcp-reset',
      'ip6tables -RULE FORWARD -p tcp -j REJECT --reject-with tcp-reset',
      'iptables -RULE FORWARD -p udp -j REJECT',
      'ip6tables -RULE FORWARD -p udp -j REJECT',
    ]),
    reason: 'NO_NETWORK',
    takes: 'ALL',
  },
  {
    name: 'local firewall',
    when: 'FULL',
    begin: byShell(
      (scene) => `${inMachine(scene)} iptables -I OUTPUT -d 11.0.0.0/16 -j REJECT --reject-with icmp-admin-prohibited
      ${inMachine(scene)} iptables -I OUTPUT -d 11.4.0.0/16 -j DROP`,
    ),
    end: byShell((scene) => `${inMachine(scene)} iptables -F OUTPUT`),
    reason: 'NO_ADDRESS_FAMILY',
    takes: ['V4', 'ANY_FAMILY'],
  },
  {
    name: 'blip of 8 s',
    when: 'CI',
    ...gatewayRules(() => BLACK_HOLE),
    begins: 'MID_ROUND',
    lastsMs: 8_000,
    reason: 'NO_NETWORK',
    takes: 'SOME',
  },
  {
    name: 'blip of 2 s',
    when: 'FULL',
    ...gatewayRules(() => BLACK_HOLE),
    begins: 'MID_ROUND',
    lastsMs: 2_000,
    reason: null,
    takes: 'SOME',
  },
  {
    name: 'no IPv6',
    when: 'CI',
    begin: byShell((scene) => `${inMachine(scene)} sh -c 'echo 1 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6'`),
    end: (scene) =>
      runScript(
        `${inMachine(scene)} sh -c 'echo 0 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6'; ${restoreUplink(scene.agent.home)}`,
      ),
    reason: 'NO_ADDRESS_FAMILY',
    takes: ['V6'],
  },
  {
    name: 'IPv6 a black hole',
    when: 'CI',
    ...gatewayRules(() => ['ip6tables -RULE FORWARD -j DROP']),
    reason: 'NO_ADDRESS_FAMILY',
    takes: ['V6', 'ANY_FAMILY'],
  },
  {
    name: 'no IPv4',
    when: 'FULL',
    begin: byShell((scene) => `${inMachine(scene)} ip route del default`),
    end: restore,
    reason: 'NO_ADDRESS_FAMILY',
    takes: ['V4', 'RESOLVER'],
  },
  {
    name: 'portal that answers everything with its page',
    when: 'CI',
    ...portal('PAGE'),
    reason: 'CAPTIVE_PORTAL',
    takes: 'SOME',
  },
  {
    name: 'portal that redirects to its page',
    when: 'FULL',
    ...portal('REDIRECT'),
    reason: 'CAPTIVE_PORTAL',
    takes: 'SOME',
  },
  {
    name: 'portal that redirects to its page with a trusted certificate',
    when: 'CI',
    ...portal('TRUSTED_REDIRECT'),
    reason: 'CAPTIVE_PORTAL',
    takes: 'SOME',
  },
  {
    name: 'resolver silent',
    when: 'CI',
    ...gatewayRules(() => [
      'iptables -RULE FORWARD -p udp --dport 53 -j DROP',
      'ip6tables -RULE FORWARD -p udp --dport 53 -j DROP',
    ]),
    reason: 'NO_RESOLVER',
    takes: ['RESOLVER'],
  },
  {
    name: 'resolver refused',
    when: 'FULL',
    ...gatewayRules(() => [
      'iptables -RULE FORWARD -p udp --dport 53 -j REJECT',
      'ip6tables -RULE FORWARD -p udp --dport 53 -j REJECT',
    ]),
    reason: 'NO_RESOLVER',
    takes: ['RESOLVER'],
  },
  { name: 'resolver answers SERVFAIL', when: 'CI', ...moods('SERVFAIL'), reason: 'NO_RESOLVER', takes: ['RESOLVER'] },
  {
    name: 'resolver denies every name',
    when: 'FULL',
    ...moods('NXDOMAIN'),
    reason: 'NO_RESOLVER',
    takes: ['RESOLVER'],
  },
  {
    name: 'resolver answers with the address of a portal',
    when: 'FULL',
    ...moods('LYING'),
    reason: 'CAPTIVE_PORTAL',
    takes: 'SOME',
  },
]

const to = (address: string) => gatewayRules(() => [`iptables -RULE FORWARD -d ${address} -p tcp -j DROP`])
/** Of the router beyond the gateway, for the LAN of this home only. */
function beyond(address: string): Pick<Fault, 'begin' | 'end'> {
  const apply =
    (verb: 'I' | 'D') =>
    ({ internet, agent }: Scene) =>
      runScript(
        `ip netns exec ${internet.isp} iptables -${verb} FORWARD -s ${lanOf(agent.home.number).v4}.0/24 -d ${address} -j REJECT --reject-with icmp-host-unreachable`,
      )
  return { begin: apply('I'), end: apply('D') }
}
const fells = { reason: null, takes: [] } as const

/** No fault of the validator's: it must go on to say what is so. */
export const WEBSITE_FAULTS: readonly Fault[] = [
  {
    name: 'a website becomes a black hole',
    when: 'CI',
    ...to(WEBSITE.alsoUp),
    ...fells,
    fells: `http://${WEBSITE.alsoUp}/`,
  },
  {
    name: 'a router beyond answers unreachable for a website',
    when: 'CI',
    ...beyond(WEBSITE.alsoUp),
    ...fells,
    fells: `http://${WEBSITE.alsoUp}/`,
  },
]
