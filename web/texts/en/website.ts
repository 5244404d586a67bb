import { websiteChanges } from './website-changes'

interface Votes {
  good: number
  bad: number
  needed: number
  networks: number
  setAside: number
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** The page of one website. */
export const website = {
  ...websiteChanges,
  website: 'Website',
  loading: 'Loading …',
  notFound: 'You have no such website: it was deleted, or it is somebody else’s.',
  tags: 'Tags',
  pageQuery: 'This page’s query',
  budget: (validators: number, turns: number) =>
    `Its host’s budget allows ${plural(validators, 'validator', 'validators')} a round` +
    (turns > 1 ? `, in one of ${turns} turns.` : '.'),
  now: {
    disabled: 'Disabled: nobody checks it.',
    denied: (reason: string) => `Not checked: the operator of this hub has denied its host. ${reason}`,
    withheld: (host: string) => `Not checked until you have proven that ${host} is yours.`,
    waiting: 'Waiting for its first round. Every connected validator is asked then.',
    waitingLong: (rounds: number) => `Waiting for its first round: it is checked in one of ${rounds} rounds.`,
    stale: (since: string) => `No data since ${since}: no round about it has ended since then.`,
    good: (at: string, votes: number, networks: number) =>
      `Good at ${at}, seen by ${votes} of ${plural(networks, 'network', 'networks')}.`,
    noIncidentSince: (since: string) => `No incident since ${since}.`,
    noIncident: 'No incident so far.',
    goodAgain: (at: string, since: string) => `Good again at ${at}; the incident that began at ${since} is still open.`,
    badSince: (since: string, votes: number, networks: number) =>
      `Bad since ${since}, seen by ${votes} of ${plural(networks, 'network', 'networks')}`,
    badAt: (at: string, votes: number, networks: number) =>
      `Bad at ${at}, seen by ${votes} of ${plural(networks, 'network', 'networks')}`,
    opensAfter: (rounds: number) => `An incident opens after ${plural(rounds, 'Bad round', 'Bad rounds')} in a row.`,
    inconclusive: (at: string) => `Inconclusive at ${at}: `,
    incidentGoesOn: (since: string) => `The incident that began at ${since} is still open.`,
    maintenance: 'In maintenance: what is seen now is counted separately.',
    single: 'Only one network was asked, so its own line may be at fault.',
  },
  reasons: {
    MISSING_NETWORKS: ({ good, bad, needed, networks }: Votes) =>
      `networks of the last 15 minutes are gone; of ${networks} left, ${good} said Good and ${bad} Bad, and ${needed} must agree.`,
    BELOW_MINIMUM: ({ needed, networks }: Votes) =>
      `only ${plural(networks, 'network was', 'networks were')} asked, and its settings want ${needed} to agree.`,
    TOO_FEW_ANSWERS: ({ good, bad, needed }: Votes) =>
      `too few answered in time: ${good} said Good and ${bad} Bad, and ${needed} must agree.`,
    SET_ASIDE: ({ good, bad, needed, setAside }: Votes) =>
      `${plural(setAside, 'vote was', 'votes were')} set aside because the networks seemed offline themselves; of the others ${good} said Good and ${bad} Bad, and ${needed} must agree.`,
    DISAGREEMENT: ({ good, bad, needed }: Votes) =>
      `they disagree: ${good} said Good and ${bad} Bad, and ${needed} must agree.`,
  },
  failures: {
    DNS: 'name not resolved',
    CONNECT: 'no connection',
    TLS: 'TLS failed',
    TIMEOUT: 'time ran out',
    PROTOCOL: 'answer is not HTTP',
    REDIRECT: 'redirects failed',
    STATUS: 'unexpected HTTP status',
    ASSERTION: 'content or latency not as asked',
  },
  httpStatus: (status: number) => `HTTP status ${status}`,
  details: {
    CERT_HAS_EXPIRED: 'TLS certificate expired',
    CERT_EXPIRES_SOON: 'TLS certificate expires soon',
    CERT_EXPIRES_SOON_INTERMEDIATE: 'an intermediate TLS certificate expires soon',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS certificate signed by itself',
    SELF_SIGNED_CERT_IN_CHAIN: 'TLS certificate of an unknown authority',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TLS certificate without its chain',
    ERR_TLS_CERT_ALTNAME_INVALID: 'TLS certificate of another name',
    ECONNREFUSED: 'connection refused',
    ECONNRESET: 'connection reset',
    ENOTFOUND: 'name does not exist',
    ENODATA: 'name has no address',
    KEYWORD_MISSING: 'keyword missing',
    KEYWORD_PRESENT: 'forbidden keyword found',
    LATENCY: 'slower than allowed',
    BODY_UNREADABLE: 'body not readable',
    TOO_MANY_REDIRECTS: 'too many redirects',
    REDIRECT_LOOP: 'redirects go in a circle',
  } as Readonly<Record<string, string>>,
  days: {
    title: 'Last 90 days',
    slider: 'Day',
    hint: 'Arrow keys go from day to day, Page Up and Page Down by weeks, Home and End to the first and the last.',
    value: (date: string, state: string, uptime: string, unknown: string) =>
      `${date}: ${state}, uptime ${uptime}, ${unknown} not known`,
    notYet: (date: string) => `${date}: not watched yet`,
    uptime: 'Uptime',
    bad: 'Bad',
    inconclusive: 'Inconclusive',
    unmeasured: 'Nobody measured',
    maintenance: 'Maintenance',
    unknown: 'Not known',
    median: 'Latency p50',
    p95: 'p95',
    rounds: 'Rounds of this day',
    zone: (zone: string) => `Days of ${zone}.`,
    today: 'today',
  },
  rounds: {
    title: 'Verdicts',
    status: 'Verdict',
    all: 'All',
    time: 'Round',
    votes: 'Votes of networks',
    votesOf: (good: number, bad: number) => `${good} good, ${bad} bad`,
    setAside: (count: number) => `${count} set aside`,
    neededOf: (needed: number, base: number) => `${needed} of ${base} needed`,
    answered: 'Answered',
    answeredOf: (answered: number, asked: number) => `${answered} of ${asked}`,
    latency: 'Median',
    why: 'Why',
    none: 'No verdicts here.',
    ofDay: (date: string) => `Only ${date}`,
    everyDay: 'All days',
    open: 'Round of',
    pages: 'Pages of verdicts',
  },
  round: {
    newest: 'Newest round',
    title: (time: string) => `Round of ${time}`,
    backToNewest: 'Back to the newest round',
    loading: 'Loading the round …',
    none: 'There is no round yet.',
    notKept: 'No verdict of this round is kept.',
    noTicks: 'The answers of this round are no longer kept; its verdict is.',
    votes: ({ good, bad, needed, setAside }: Votes, base: number) =>
      `${plural(good, 'network', 'networks')} voted Good, ${bad} Bad${setAside > 0 ? `, ${setAside} set aside` : ''}; ${needed} of N = ${base} needed.`,
    answers: (answered: number, asked: number) =>
      `${answered} of ${plural(asked, 'validator', 'validators')} answered.`,
    couldNotCheck: (count: number, reasons: string) =>
      `${plural(count, 'validator says that it', 'validators say that they')} could not check: ${reasons}.`,
    abstentions: {
      AGENT_FAULT: 'its program failed',
      CAPTIVE_PORTAL: 'a captive portal answers',
      CLOCK_OFF: 'its clock is off',
      LOCAL_LIMIT: 'its machine is out of something',
      NOT_PERMITTED: 'its settings forbid it',
      NO_ADDRESS_FAMILY: 'it lacks that IP version',
      NO_NETWORK: 'its network is down',
      NO_RESOLVER: 'its name servers do not answer',
      NO_TIME: 'it had too many tasks',
      STALLED: 'its machine stood still',
    },
    table: 'What each validator saw',
    validator: 'Validator',
    network: 'Network',
    saw: 'Saw',
    why: 'Why',
    latency: 'Latency',
    dns: 'DNS',
    connect: 'Connect',
    tls: 'TLS',
    firstByte: 'First byte',
    address: 'Address',
    proof: 'Proof',
    noAnswer: 'No answer in time',
    isSetAside: 'set aside',
    download: 'Download',
    downloadOf: (name: string) => `Download the proof of ${name}`,
    downloadAll: 'Download all proofs of this round',
    networksNotKnown: 'The hub could not tell the networks now.',
    medianPhases: 'Median of the Good answers:',
    certificate: (date: string) => `First certificate of the path expires ${date}.`,
    check: 'How to check a proof',
    checkSteps: [
      'Download the proofs and run “node docs/verify-tick.mjs proofs.json” from the Overlaps sources: it needs no hub and no packages.',
      'Or by hand: the leaf is SHA-256 of a zero byte and the statement. Climb with index, count and path (RFC 6962) to the root in the batch statement.',
      'Verify the Ed25519 signature over the batch statement, or over the statement where there is no batch, with the validator’s public key.',
      'Read the result in the statement: only the statement is signed.',
    ],
    root: 'Root over all answers',
    rule: 'Rule',
    revision: 'Settings revision',
    covers: 'Covers',
  },
  uptime: {
    title: 'Uptime',
    windows: { day: '24 hours', month: '30 days', quarter: '90 days' },
    method: 'Counted by',
    methods: {
      OBSERVED: 'What was observed',
      WITH_MAINTENANCE: 'Observed, with maintenance',
      STRICT: 'Strict',
    },
    explained: {
      OBSERVED: 'Good time ÷ (Good + Bad). Inconclusive, maintenance, missing and disabled time counts as neither.',
      WITH_MAINTENANCE: 'Like observed, but what was seen in maintenance counts like other time.',
      STRICT:
        'Only Good is up; Bad, Inconclusive and missing time is down. Maintenance and disabled time counts as neither.',
    },
    unknown: (share: string) => `${share} not known`,
    down: (time: string) => `${time} down`,
    kinds: {
      good: 'Good',
      bad: 'Bad',
      inconclusive: 'Inconclusive',
      missing: 'Nobody measured',
      maintenance: 'Maintenance',
      disabled: 'Disabled or not yet added',
    },
    kind: 'Kind of time',
    basis: { VERDICTS: 'from every single verdict', ROLLUPS: 'from sums of 15 minutes' },
    table: 'How the time was spent',
    recount:
      'Rounded down to six decimals before it is shown. To recount it, add up the times of these files by the formula above.',
    recountFrom: (window: string) => `Data of ${window} (CSV)`,
    latency: 'Latency p50, p95, p99',
  },
  latency: {
    title: 'Latency',
    range: 'Range',
    ranges: { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' },
    slider: 'Time',
    p50: 'p50',
    p95: 'p95',
    gap: 'nobody measured, or nobody found it Good',
    none: 'No latencies in this range.',
    value: (time: string, p50: string, p95: string) => `${time}: p50 ${p50}, p95 ${p95}`,
    valueNothing: (time: string) => `${time}: no latency`,
    table: 'The same figures as a table',
    time: 'From',
    what: 'Of all Good answers, the whole check with redirects and body.',
  },
}

export type WebsiteTexts = typeof website
