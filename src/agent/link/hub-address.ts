export function graphqlUrl(hub: string): string {
  return `${hub}/graphql`
}

export function socketUrl(hub: string): string {
  return graphqlUrl(hub).replace(/^http/, 'ws')
}
