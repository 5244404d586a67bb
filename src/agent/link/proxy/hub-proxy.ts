/** The proxy on the way to the hub. */
export interface HubProxy {
  /** Without user name and password, which nobody gets to read. */
  origin: string
  /** The value of `Proxy-Authorization`. */
  authorization: string | null
  /** The environment variable that named it. */
  variable: string
}
