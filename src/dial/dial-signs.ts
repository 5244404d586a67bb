/** What a dial tells while it works, each as it happens. All of it is optional. */
export interface DialSigns {
  /** A look-up begins. */
  resolving?(host: string): void
  /** A name server answered with addresses. */
  resolved?(host: string): void
  attempting?(address: string): void
  failed?(address: string, code: string): void
  connected?(host: string, address: string): void
  /** Each piece that comes. */
  received?(host: string, address: string): void
  /** A handshake with a certificate that is trusted for this name. */
  trusted?(host: string, address: string): void
}
