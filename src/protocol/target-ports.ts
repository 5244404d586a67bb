export type TargetPorts = 'ANY' | readonly number[]

/** HTTP, HTTPS, IANA's http-alt and what frameworks take. A fleet that asked any port could be pointed at databases and printers. */
export const ORDINARY_PORTS: readonly number[] = [80, 443, 3000, 5000, 8000, 8008, 8080, 8081, 8443, 8880, 8888, 9443]

const PORT_MAX = 65_535
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** `any`, or ports joined by commas, in ascending order without repeats; `null` for anything else. */
export function parseTargetPorts(text: string): TargetPorts | null {
  if (text.trim().toLowerCase() === 'any') return 'ANY'
  const parts = text.split(',').map((part) => part.trim())
  if (!parts.every((part) => /^\d{1,5}$/.test(part))) return null
  const ports = parts.map(Number)
  if (!ports.every((port) => port >= 1 && port <= PORT_MAX)) return null
  return [...new Set(ports)].sort((one, other) => one - other)
}

export function portOf({ port, protocol }: URL): number {
  return port === '' ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port)
}
