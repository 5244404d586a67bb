import { networkInterfaces } from 'node:os'

/** The addresses that this machine has, but for those that every link has of itself. */
export function readFingerprint(interfaces = networkInterfaces()): string {
  return Object.entries(interfaces)
    .flatMap(([name, addresses = []]) =>
      addresses
        .filter(({ internal, address }) => !internal && !/^(fe[89ab]|169\.254\.)/i.test(address))
        .map(({ address }) => `${name} ${address}`),
    )
    .toSorted()
    .join(', ')
}
