/* eslint-disable */
import * as types from './graphql.js';



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
    "mutation Abstain($input: AbstainInput!) {\n  abstain(input: $input) {\n    kind: __typename\n    ... on AbstainSuccess {\n      taken\n      rejected {\n        callbackId\n        reason\n        message\n      }\n    }\n    ... on AbstainRefused {\n      reason\n      message\n    }\n  }\n}": typeof types.AbstainDocument,
    "query Balance {\n  viewer {\n    kind: __typename\n    ... on Validator {\n      pendingPayouts\n    }\n  }\n}": typeof types.BalanceDocument,
    "mutation CreateSignupChallenge($input: CreateSignupChallengeInput!) {\n  createSignupChallenge(input: $input) {\n    challenge\n    expiresAt\n  }\n}\n\nmutation Signup($input: SignupInput!) {\n  signup(input: $input) {\n    kind: __typename\n    ... on SignupSuccess {\n      sessionToken\n      expiresAt\n      validator {\n        id\n        pendingPayouts\n      }\n    }\n    ... on SignupRefused {\n      reason\n      message\n    }\n  }\n}": typeof types.CreateSignupChallengeDocument,
    "mutation SubmitTicks($input: SubmitTicksInput!) {\n  submitTicks(input: $input) {\n    kind: __typename\n    ... on SubmitTicksSuccess {\n      rejected {\n        callbackId\n        reason\n        message\n      }\n    }\n    ... on TicksRejected {\n      reason\n      message\n    }\n  }\n}": typeof types.SubmitTicksDocument,
    "subscription Tasks {\n  tasks {\n    callbackId\n    websiteId\n    url\n    roundAt\n    startAfterMs\n    deadlineAt\n    check {\n      method\n      timeoutMs\n      statuses\n      redirects\n      keyword\n      keywordMust\n      maxLatencyMs\n      certificateDays\n      ipVersion\n      headers {\n        name\n        value\n      }\n      body\n    }\n  }\n}": typeof types.TasksDocument,
};
const documents: Documents = {
    "mutation Abstain($input: AbstainInput!) {\n  abstain(input: $input) {\n    kind: __typename\n    ... on AbstainSuccess {\n      taken\n      rejected {\n        callbackId\n        reason\n        message\n      }\n    }\n    ... on AbstainRefused {\n      reason\n      message\n    }\n  }\n}": types.AbstainDocument,
    "query Balance {\n  viewer {\n    kind: __typename\n    ... on Validator {\n      pendingPayouts\n    }\n  }\n}": types.BalanceDocument,
    "mutation CreateSignupChallenge($input: CreateSignupChallengeInput!) {\n  createSignupChallenge(input: $input) {\n    challenge\n    expiresAt\n  }\n}\n\nmutation Signup($input: SignupInput!) {\n  signup(input: $input) {\n    kind: __typename\n    ... on SignupSuccess {\n      sessionToken\n      expiresAt\n      validator {\n        id\n        pendingPayouts\n      }\n    }\n    ... on SignupRefused {\n      reason\n      message\n    }\n  }\n}": types.CreateSignupChallengeDocument,
    "mutation SubmitTicks($input: SubmitTicksInput!) {\n  submitTicks(input: $input) {\n    kind: __typename\n    ... on SubmitTicksSuccess {\n      rejected {\n        callbackId\n        reason\n        message\n      }\n    }\n    ... on TicksRejected {\n      reason\n      message\n    }\n  }\n}": types.SubmitTicksDocument,
    "subscription Tasks {\n  tasks {\n    callbackId\n    websiteId\n    url\n    roundAt\n    startAfterMs\n    deadlineAt\n    check {\n      method\n      timeoutMs\n      statuses\n      redirects\n      keyword\n      keywordMust\n      maxLatencyMs\n      certificateDays\n      ipVersion\n      headers {\n        name\n        value\n      }\n      body\n    }\n  }\n}": types.TasksDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Abstain($input: AbstainInput!) {\n  abstain(input: $input) {\n    kind: __typename\n    ... on AbstainSuccess {\n      taken\n      rejected {\n        callbackId\n        reason\n        message\n      }\n    }\n    ... on AbstainRefused {\n      reason\n      message\n    }\n  }\n}"): typeof import('./graphql.js').AbstainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Balance {\n  viewer {\n    kind: __typename\n    ... on Validator {\n      pendingPayouts\n    }\n  }\n}"): typeof import('./graphql.js').BalanceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CreateSignupChallenge($input: CreateSignupChallengeInput!) {\n  createSignupChallenge(input: $input) {\n    challenge\n    expiresAt\n  }\n}\n\nmutation Signup($input: SignupInput!) {\n  signup(input: $input) {\n    kind: __typename\n    ... on SignupSuccess {\n      sessionToken\n      expiresAt\n      validator {\n        id\n        pendingPayouts\n      }\n    }\n    ... on SignupRefused {\n      reason\n      message\n    }\n  }\n}"): typeof import('./graphql.js').CreateSignupChallengeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SubmitTicks($input: SubmitTicksInput!) {\n  submitTicks(input: $input) {\n    kind: __typename\n    ... on SubmitTicksSuccess {\n      rejected {\n        callbackId\n        reason\n        message\n      }\n    }\n    ... on TicksRejected {\n      reason\n      message\n    }\n  }\n}"): typeof import('./graphql.js').SubmitTicksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription Tasks {\n  tasks {\n    callbackId\n    websiteId\n    url\n    roundAt\n    startAfterMs\n    deadlineAt\n    check {\n      method\n      timeoutMs\n      statuses\n      redirects\n      keyword\n      keywordMust\n      maxLatencyMs\n      certificateDays\n      ipVersion\n      headers {\n        name\n        value\n      }\n      body\n    }\n  }\n}"): typeof import('./graphql.js').TasksDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
