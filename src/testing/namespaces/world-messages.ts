/** How a home's own name servers behave. */
export type ResolverMood = 'WELL' | 'SERVFAIL' | 'NXDOMAIN' | 'SILENT' | 'LYING'

export interface BeaconRequest {
  home: number
  kind: 'CONNECT' | 'NAME' | 'PORTAL'
  /** Unix milliseconds. */
  at: number
}

/** What the test tells the small internet. */
export type ToWorld =
  | { kind: 'RESOLVER'; home: number; mood: ResolverMood }
  | { kind: 'PORTAL'; home: number; manner: PortalManner }
/** A portal's page itself, or a redirect to a page of its own, over http or with a trusted certificate. */
export type PortalManner = 'PAGE' | 'REDIRECT' | 'TRUSTED_REDIRECT'

export type FromWorld = { kind: 'READY' } | { kind: 'BEACON'; request: BeaconRequest }
