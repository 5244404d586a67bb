import type { TestHub } from '../test-hub.js'

/** Another owner of the hub's, so that a test's websites are its own. Returns the token. */
export async function addOwner(hub: TestHub, email: string): Promise<string> {
  const { data } = await hub.post<{ createOwner: { token: string } }>(
    'mutation ($email: String!) { createOwner(input: { email: $email }) { ... on CreateOwnerSuccess { token } } }',
    { token: hub.operatorToken, variables: { email } },
  )
  if (!data) throw new Error(`no owner ${email}`)
  return data.createOwner.token
}

export interface NewWebsite {
  name: string
  url: string
  tags?: string[]
  enabled?: boolean
}

/** Throws where one is refused. */
export async function addWebsites(hub: TestHub, token: string, websites: readonly NewWebsite[]): Promise<string[]> {
  const { data, errors } = await hub.post<{
    createWebsites: { results: { website?: { id: string }; message?: string }[] }
  }>(
    `mutation ($input: CreateWebsitesInput!) { createWebsites(input: $input) { ... on CreateWebsitesSuccess {
      results { ... on CreateWebsiteSuccess { website { id } } ... on Problem { message } } } } }`,
    { token, variables: { input: { websites } } },
  )
  return (data?.createWebsites.results ?? []).map(({ website, message }) => {
    if (!website) throw new Error(message ?? JSON.stringify(errors))
    return website.id
  })
}
