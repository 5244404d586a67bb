/** Addresses of the small internet; they exist in its namespaces only. */
export const WEBSITE = {
  up: '11.0.1.1',
  alsoUp: '11.0.1.2',
  upOver6: '2a0f:1::1:1',
  refused: '11.0.2.1',
  blackHole: '11.0.2.2',
  unreachable: '11.0.2.3',
  refusedOver6: '2a0f:1::2:1',
} as const

export const PORTAL = { v4: '11.3.0.1', v6: '2a0f:1::3:1' } as const

export const BEACON = {
  v4: '11.4.0.1',
  v6: '2a0f:1::4:1',
  name: 'beacon.example',
  portalName: 'portal-check.example',
  portalText: 'nobody-between-us',
} as const

/** As the setting of the agent. */
export const BEACONS = [
  `${BEACON.v4}:443`,
  `[${BEACON.v6}]:443`,
  BEACON.name,
  `http://${BEACON.portalName}/#${BEACON.portalText}`,
].join(',')

export const HOMES_MAX = 12

/** A home's own name servers, one a family. */
export const resolversOf = (home: number) => ({ v4: `11.2.0.${home}`, v6: `2a0f:1::2:0:${home}` })
export const lanOf = (home: number) => ({ v4: `192.168.${home}`, v6: `2a0f:10:${home}:` })

/** By the address of a machine in its LAN; null for any other. */
export function homeOf(address: string): number | null {
  const found = /^(?:::ffff:)?192\.168\.(\d+)\.|^2a0f:10:(\d+):/.exec(address)
  return found === null ? null : Number(found[1] ?? found[2])
}
