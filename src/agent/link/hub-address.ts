/** Where a hub's GraphQL is to be had; `hub` is its origin, see `hubOrigin`. */
export function graphqlUrl(hub: string): string {
  return `${hub}/graphql`
}

export function socketUrl(hub: string): string {
  // The two pairs of schemes begin alike: http to ws, https to wss.
  return graphqlUrl(hub).replace(/^http/, 'ws')
}
