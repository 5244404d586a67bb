/* eslint-disable */
import * as types from './graphql'

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
  'mutation LogIn($input: LogInInput!) {\n  logIn(input: $input) {\n    kind: __typename\n    ... on LogInSuccess {\n      token\n    }\n    ... on LogInRefused {\n      message\n    }\n  }\n}': typeof types.LogInDocument
  'fragment WebsiteRow on Website {\n  id\n  name\n  url\n  enabled\n  status\n  inMaintenance\n  tags\n  createdAt\n  openIncident {\n    id\n    startedAt\n  }\n  verdict {\n    roundAt\n    status\n    inMaintenance\n    medianLatencyUs\n    goodVotes\n    badVotes\n    quorumBase\n  }\n  recentVerdicts(last: 45) {\n    roundAt\n    status\n    inMaintenance\n  }\n}\n\nfragment WebsiteUptimes on Website {\n  day: uptime(over: {window: LAST_24_HOURS}) {\n    ratio\n  }\n  month: uptime(over: {window: LAST_30_DAYS}) {\n    ratio\n  }\n  quarter: uptime(over: {window: LAST_90_DAYS}) {\n    ratio\n  }\n}\n\nquery Websites($first: Int!, $after: String, $filter: WebsiteFilterInput, $orderBy: WebsiteOrder!) {\n  websites(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    totalCount\n    counts {\n      total\n      good\n      bad\n      unknown\n      disabled\n    }\n    edges {\n      node {\n        ...WebsiteRow\n        ...WebsiteUptimes\n      }\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n}\n\nsubscription WebsiteChanges {\n  websiteChanged {\n    cause\n    sequence\n    website {\n      ...WebsiteRow\n    }\n  }\n}\n\nmutation CreateWebsites($input: CreateWebsitesInput!) {\n  createWebsites(input: $input) {\n    kind: __typename\n    ... on CreateWebsitesSuccess {\n      results {\n        kind: __typename\n        ... on CreateWebsiteSuccess {\n          website {\n            id\n          }\n        }\n        ... on InputProblem {\n          message\n        }\n      }\n    }\n    ... on InputProblem {\n      message\n      faults {\n        field\n        message\n      }\n    }\n  }\n}\n\nmutation UpdateWebsites($input: UpdateWebsitesInput!) {\n  updateWebsites(input: $input) {\n    kind: __typename\n    ... on UpdateWebsitesSuccess {\n      updatedCount\n    }\n    ... on InputProblem {\n      message\n    }\n  }\n}\n\nmutation DeleteWebsites($input: DeleteWebsitesInput!) {\n  deleteWebsites(input: $input) {\n    kind: __typename\n    ... on DeleteWebsitesSuccess {\n      deletedCount\n    }\n    ... on InputProblem {\n      message\n    }\n  }\n}\n\nquery WebsiteTags {\n  websiteTags {\n    name\n    websiteCount\n  }\n}': typeof types.WebsiteRowFragmentDoc
  'query WhoAmI {\n  viewer {\n    kind: __typename\n    ... on User {\n      email\n    }\n  }\n}': typeof types.WhoAmIDocument
}
const documents: Documents = {
  'mutation LogIn($input: LogInInput!) {\n  logIn(input: $input) {\n    kind: __typename\n    ... on LogInSuccess {\n      token\n    }\n    ... on LogInRefused {\n      message\n    }\n  }\n}':
    types.LogInDocument,
  'fragment WebsiteRow on Website {\n  id\n  name\n  url\n  enabled\n  status\n  inMaintenance\n  tags\n  createdAt\n  openIncident {\n    id\n    startedAt\n  }\n  verdict {\n    roundAt\n    status\n    inMaintenance\n    medianLatencyUs\n    goodVotes\n    badVotes\n    quorumBase\n  }\n  recentVerdicts(last: 45) {\n    roundAt\n    status\n    inMaintenance\n  }\n}\n\nfragment WebsiteUptimes on Website {\n  day: uptime(over: {window: LAST_24_HOURS}) {\n    ratio\n  }\n  month: uptime(over: {window: LAST_30_DAYS}) {\n    ratio\n  }\n  quarter: uptime(over: {window: LAST_90_DAYS}) {\n    ratio\n  }\n}\n\nquery Websites($first: Int!, $after: String, $filter: WebsiteFilterInput, $orderBy: WebsiteOrder!) {\n  websites(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    totalCount\n    counts {\n      total\n      good\n      bad\n      unknown\n      disabled\n    }\n    edges {\n      node {\n        ...WebsiteRow\n        ...WebsiteUptimes\n      }\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n}\n\nsubscription WebsiteChanges {\n  websiteChanged {\n    cause\n    sequence\n    website {\n      ...WebsiteRow\n    }\n  }\n}\n\nmutation CreateWebsites($input: CreateWebsitesInput!) {\n  createWebsites(input: $input) {\n    kind: __typename\n    ... on CreateWebsitesSuccess {\n      results {\n        kind: __typename\n        ... on CreateWebsiteSuccess {\n          website {\n            id\n          }\n        }\n        ... on InputProblem {\n          message\n        }\n      }\n    }\n    ... on InputProblem {\n      message\n      faults {\n        field\n        message\n      }\n    }\n  }\n}\n\nmutation UpdateWebsites($input: UpdateWebsitesInput!) {\n  updateWebsites(input: $input) {\n    kind: __typename\n    ... on UpdateWebsitesSuccess {\n      updatedCount\n    }\n    ... on InputProblem {\n      message\n    }\n  }\n}\n\nmutation DeleteWebsites($input: DeleteWebsitesInput!) {\n  deleteWebsites(input: $input) {\n    kind: __typename\n    ... on DeleteWebsitesSuccess {\n      deletedCount\n    }\n    ... on InputProblem {\n      message\n    }\n  }\n}\n\nquery WebsiteTags {\n  websiteTags {\n    name\n    websiteCount\n  }\n}':
    types.WebsiteRowFragmentDoc,
  'query WhoAmI {\n  viewer {\n    kind: __typename\n    ... on User {\n      email\n    }\n  }\n}':
    types.WhoAmIDocument,
}

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(
  source: 'mutation LogIn($input: LogInInput!) {\n  logIn(input: $input) {\n    kind: __typename\n    ... on LogInSuccess {\n      token\n    }\n    ... on LogInRefused {\n      message\n    }\n  }\n}',
): typeof import('./graphql').LogInDocument
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(
  source: 'fragment WebsiteRow on Website {\n  id\n  name\n  url\n  enabled\n  status\n  inMaintenance\n  tags\n  createdAt\n  openIncident {\n    id\n    startedAt\n  }\n  verdict {\n    roundAt\n    status\n    inMaintenance\n    medianLatencyUs\n    goodVotes\n    badVotes\n    quorumBase\n  }\n  recentVerdicts(last: 45) {\n    roundAt\n    status\n    inMaintenance\n  }\n}\n\nfragment WebsiteUptimes on Website {\n  day: uptime(over: {window: LAST_24_HOURS}) {\n    ratio\n  }\n  month: uptime(over: {window: LAST_30_DAYS}) {\n    ratio\n  }\n  quarter: uptime(over: {window: LAST_90_DAYS}) {\n    ratio\n  }\n}\n\nquery Websites($first: Int!, $after: String, $filter: WebsiteFilterInput, $orderBy: WebsiteOrder!) {\n  websites(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    totalCount\n    counts {\n      total\n      good\n      bad\n      unknown\n      disabled\n    }\n    edges {\n      node {\n        ...WebsiteRow\n        ...WebsiteUptimes\n      }\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n}\n\nsubscription WebsiteChanges {\n  websiteChanged {\n    cause\n    sequence\n    website {\n      ...WebsiteRow\n    }\n  }\n}\n\nmutation CreateWebsites($input: CreateWebsitesInput!) {\n  createWebsites(input: $input) {\n    kind: __typename\n    ... on CreateWebsitesSuccess {\n      results {\n        kind: __typename\n        ... on CreateWebsiteSuccess {\n          website {\n            id\n          }\n        }\n        ... on InputProblem {\n          message\n        }\n      }\n    }\n    ... on InputProblem {\n      message\n      faults {\n        field\n        message\n      }\n    }\n  }\n}\n\nmutation UpdateWebsites($input: UpdateWebsitesInput!) {\n  updateWebsites(input: $input) {\n    kind: __typename\n    ... on UpdateWebsitesSuccess {\n      updatedCount\n    }\n    ... on InputProblem {\n      message\n    }\n  }\n}\n\nmutation DeleteWebsites($input: DeleteWebsitesInput!) {\n  deleteWebsites(input: $input) {\n    kind: __typename\n    ... on DeleteWebsitesSuccess {\n      deletedCount\n    }\n    ... on InputProblem {\n      message\n    }\n  }\n}\n\nquery WebsiteTags {\n  websiteTags {\n    name\n    websiteCount\n  }\n}',
): typeof import('./graphql').WebsiteRowFragmentDoc
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(
  source: 'query WhoAmI {\n  viewer {\n    kind: __typename\n    ... on User {\n      email\n    }\n  }\n}',
): typeof import('./graphql').WhoAmIDocument

export function graphql(source: string) {
  return (documents as any)[source] ?? {}
}
