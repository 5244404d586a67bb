/** The peer's address as text; an IPv4 peer of a socket that takes both has its IPv6 dress taken off. */
export function peerAddress(remoteAddress: string | undefined): string {
  return (remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
}
