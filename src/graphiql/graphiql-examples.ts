import { FIRST_SCREEN } from './first-screen-example.js'

/** Each operation runs alone as it is, once the token is set. */
export interface Example {
  /** Whose token goes into the field at the top of the page. */
  token: 'OWNER' | 'OPERATOR' | 'NONE'
  /** Lines of at most 54 characters; more is not visible. */
  query: string
  variables?: Record<string, unknown>
}

const WHO_AM_I = `# Welcome to Overlaps. Each tab is an example
# that runs: press play, or Ctrl-Enter.
#
# First paste your token into the field at the top
# of this page; every tab sends it. A hub's first
# start prints an owner's token, and
# \`overlaps owner create <email>\` another one.
#
# The book icon on the left opens the documentation
# of the whole schema.

query WhoAmI {
  viewer {
    __typename
    ... on User { email createdAt hasPassword }
    ... on Validator { publicKey pendingPayouts }
    ... on Operator { publicOrigins }
  }
}
`

const CREATE_WEBSITE = `# Registers a website. Its name and URL are under
# Variables, below. From the next round on, every
# connected validator checks it. What you leave out
# of \`check\` has its default.
#
# A refusal is an ordinary answer: a reason for
# programs, a sentence for you.

mutation CreateWebsite($input: CreateWebsiteInput!) {
  createWebsite(input: $input) {
    ... on CreateWebsiteSuccess {
      website {
        id
        name
        url
        check { method timeoutMs statuses redirects }
      }
    }
    ... on CreateWebsiteRefused { reason message }
  }
}
`

const WEBSITES = `# Your websites: how they are now, and how they
# were over the last day.
#
# A verdict counts networks, not validators, and is
# Inconclusive where too few agree; \`ratio\` is Good
# time ÷ (Good + Bad) time, null where there is none.

query Websites {
  websites(first: 20) {
    totalCount
    edges {
      node {
        id
        name
        url
        enabled
        status
        uptime(over: { window: LAST_24_HOURS }) {
          method
          ratio
          goodMs
          badMs
          inconclusiveMs
          missingMs
          latency { p50Us p95Us p99Us }
        }
        verdict {
          status
          confidence
          goodVotes badVotes votesNeeded couldNotCheck
          abstentions { reason count }
        }
        openIncident { id startedAt failure }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`

const TICKS = `# The newest answers about your first website, one
# by one. Durations are whole microseconds.
#
# A round's answers are shown once its deadline has
# passed, so that no validator copies another's.
#
# With \`proof\` anybody can verify the answer alone:
# a statement, a key and a signature over it.

query Ticks {
  websites(first: 1) {
    edges {
      node {
        name
        ticks(first: 5) {
          edges {
            node {
              roundAt
              status
              failure
              detail
              httpStatus
              latencyUs
              dnsUs
              connectUs
              tlsUs
              firstByteUs
              remoteAddress
              validator { label region publicKey }
              proof {
                statement
                batchStatement
                leafIndex
                leafCount
                leaf
                path
                publicKey
                signature
              }
            }
          }
        }
      }
    }
  }
}
`

const FOLLOW = `# Follows your websites live, over a WebSocket:
# first each as it is (CURRENT), then every change.
#
# Leave it running until the next round has ended.
# The stop button ends it.

subscription WebsiteChanged {
  websiteChanged {
    cause
    website {
      name
      status
      verdict { status roundAt }
      openIncident { startedAt failure }
      uptime(over: { window: LAST_HOUR }) { ratio }
    }
  }
}
`

const INCIDENTS = `# What was down, the newest first: opened after two
# Bad verdicts in a row, closed after two Good ones,
# unless you set it otherwise for a website.
#
# \`addIncidentNote\` and \`acknowledgeIncident\` add
# to the timeline; \`createWebhook\` sends signed
# messages about incidents to a program of yours.

query Incidents {
  incidents(state: ALL, first: 10) {
    edges {
      node {
        website { name }
        startedAt
        endedAt
        end
        durationS
        failure
        acknowledgedAt
      }
    }
  }
}
`

const API_TOKENS = `# A token of its own for each of your programs:
# shown once, revocable at any time.
#
# With several operations in a tab, the play button
# asks which one to run.

mutation CreateApiToken {
  createApiToken(input: { name: "my first script" }) {
    ... on CreateApiTokenSuccess {
      token
      apiToken { id name }
    }
    ... on CreateApiTokenRefused { reason message }
  }
}

query ApiTokens {
  viewer {
    ... on User {
      apiTokens { id name createdAt lastUsedAt }
    }
  }
}
`

const OPERATOR = `# For the hub's operator: an owner's token is
# refused here. Paste the text of the file
# \`operator-token\` in the hub's data folder into the
# field at the top.

# Which validators are connected, and what they have
# earned, in lamports.
query Sessions {
  sessions(first: 50) {
    totalCount
    edges {
      node {
        startedAt
        address
        agentVersion
        validator {
          id label region publicKey
          pendingPayouts banned
        }
      }
    }
  }
}

# Begins a round now, in addition to the schedule.
mutation StartRound {
  startRound {
    ... on StartRoundSuccess {
      roundAt
      deadlineAt
      websiteCount
      validatorCount
    }
    ... on StartRoundRefused { reason message }
  }
}
`

const VALIDATOR_CHANNEL = `# How a validator works, for those who write one;
# docs/protocol.md has every byte of it. The program
# \`overlaps validator\` does all of this by itself.
#
# 1. createSignupChallenge: below, with an example's
#    key. It needs no token.
# 2. signup: a signature over the challenge and this
#    hub's address. It gives a session token.
# 3. subscription { tasks { … } } with that token.
# 4. Check each website, and sign what was found.
# 5. submitTick for one answer, submitTicks for up to
#    500 under one signature: once, in time; abstain
#    says why there is none.
#
# The signature decides who answers and who is paid:
# \`pendingPayouts\` is the balance.

mutation CreateSignupChallenge(
  $input: CreateSignupChallengeInput!
) {
  createSignupChallenge(input: $input) {
    challenge
    expiresAt
  }
}
`

/** The tabs that GraphiQL opens, in a sensible order; it names them by their first operation. */
export const EXAMPLES: readonly Example[] = [
  { token: 'OWNER', query: WHO_AM_I },
  {
    token: 'OWNER',
    query: CREATE_WEBSITE,
    variables: { input: { name: 'Example', url: 'https://example.com/', check: { timeoutMs: 5_000 } } },
  },
  { token: 'OWNER', query: FIRST_SCREEN },
  { token: 'OWNER', query: WEBSITES },
  { token: 'OWNER', query: TICKS },
  { token: 'OWNER', query: FOLLOW },
  { token: 'OWNER', query: INCIDENTS },
  { token: 'OWNER', query: API_TOKENS },
  { token: 'OPERATOR', query: OPERATOR },
  {
    token: 'NONE',
    query: VALIDATOR_CHANNEL,
    variables: { input: { publicKey: 'FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z' } },
  },
]
