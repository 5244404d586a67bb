import { ask } from './ask.js'
import type { SampleSite } from './sample-sites.js'
import type { Network } from './start-network.js'

const CREATE_WEBSITE = `mutation CreateWebsite($name: String!, $url: String!) {
  createWebsite(input: { name: $name, url: $url }) { ... on Problem { message } }
}`

export async function registerWebsites(
  { url, ownerToken }: Pick<Network, 'url' | 'ownerToken'>,
  sites: readonly SampleSite[],
): Promise<void> {
  for (const site of sites) {
    const { createWebsite } = await ask<{ createWebsite: { message?: string } }>(url, ownerToken, CREATE_WEBSITE, {
      ...site,
    })
    if (createWebsite.message !== undefined) throw new Error(createWebsite.message)
  }
}
