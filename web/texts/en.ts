import { incidents } from './en/incidents'
import { account, shownOnce } from './en/account'
import { notifications } from './en/notifications'
import { website } from './en/website'

interface Counts {
  total: number
  bad: number
  unknown: number
  disabled: number
}

/** How often each word is there, such as "44 Good, 1 Bad". */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ')
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** English, and the shape of every other language. */
export const en = {
  shell: {
    skip: 'Skip to the content',
    pages: 'Pages',
    websites: 'Websites',
    notifications: 'Notifications',
    account: 'Account',
    graphiql: 'GraphiQL',
    language: 'Language',
    logOut: 'Log out',
  },
  liveness: {
    live: 'Live',
    connecting: 'Connecting …',
    cut: (time: string) => `Not live since ${time}, retrying`,
  },
  faults: {
    OFFLINE: 'The hub does not answer. What you see may be old; it is asked again.',
    LOGGED_OUT: 'This session has ended. Log in again.',
    UPGRADED: 'The hub was upgraded. Reload this page.',
    BUSY: 'The hub cannot answer now. It is asked again.',
    FAILED: 'The hub failed to answer.',
    retry: 'Ask again',
    reload: 'Reload',
  },
  states: {
    GOOD: 'Good',
    BAD: 'Bad',
    INCONCLUSIVE: 'Inconclusive',
    MAINTENANCE: 'Maintenance',
    NO_DATA: 'No data',
    DISABLED: 'Disabled',
  },
  logIn: {
    title: 'Log in',
    withToken: 'With an owner token',
    token: 'Owner token',
    tokenHint: 'It begins with ovo_. The first start of a hub prints one.',
    withPassword: 'With e-mail and password',
    email: 'E-mail',
    password: 'Password',
    keep: 'Stay logged in on this browser',
    submit: 'Log in',
    notAnOwner: 'This token is not an owner’s.',
    wrongToken: 'The hub does not know this token.',
    byLink: 'Log in by link',
    loggingIn: 'Logging in …',
    otherSession: 'You are logged in already. Use this link instead?',
    useLink: 'Log in by this link',
    stay: 'Stay as I am',
    otherWay: 'Log in another way',
    askForLink: (command: string) => `${command} prints another link.`,
    linkRefusals: {
      WRONG_CODE: 'The hub does not know this link. Is it whole?',
      USED_CODE: 'This link has been used. Each works once.',
      EXPIRED_CODE: 'This link has expired. Each works for 10 minutes.',
      RATE_LIMITED: 'Too many attempts from your address. Wait a minute, then open the link again.',
    },
  },
  nextRound: {
    WAITING: (time: string) => `Next round in ${time}`,
    ASKED: (time: string) => `Being checked, closes in ${time}`,
    DECIDING: 'Being decided',
    DUE: 'Next round is due',
    everyRounds: (rounds: number) => `Checked every ${rounds} rounds`,
    denied: (reason: string) => `Not checked: the operator has denied this host (${reason})`,
    withheld: 'Not checked until you have proven that the host is yours',
  },
  notFound: { title: 'Not found', text: 'There is no such page.', back: 'To your websites' },
  websites: {
    add: 'Add websites',
    urls: 'URLs, one a line',
    urlsHint:
      'Paste one or many. What has no scheme gets https://. Everything else has a default that can be changed later.',
    addThem: 'Add',
    cancel: 'Cancel',
    loading: 'Loading …',
    none: 'No websites yet',
    noneHint: 'Add one: paste its URL. The next round checks it.',
    noMatch: 'None matches',
    noMatchHint: 'Change the search or the filters.',
    search: 'Search',
    state: 'State',
    tag: 'Tag',
    tags: 'Tags',
    order: 'Order',
    all: 'All',
    byName: 'By name',
    byAge: 'Oldest first',
    conditions: { GOOD: 'Good', BAD: 'Bad', UNKNOWN: 'Not known', DISABLED: 'Disabled' },
    summary: ({ total, bad, unknown, disabled }: Counts) =>
      [
        plural(total, 'website', 'websites'),
        bad > 0 ? `${bad} bad` : 'none bad',
        ...(unknown > 0 ? [`${unknown} not known`] : []),
        ...(disabled > 0 ? [`${disabled} disabled`] : []),
      ].join(', '),
    since: 'since',
    choose: (name: string) => `Choose ${name}`,
    chosen: (count: number) => `${count} chosen`,
    enable: 'Enable',
    disable: 'Disable',
    addTag: 'Add tag',
    delete: 'Delete',
    deleteFor: (count: number) => `Delete ${plural(count, 'website', 'websites')} for good`,
    bars: (states: readonly string[]) => `The last ${plural(states.length, 'round', 'rounds')}: ${tally(states)}`,
    windows: { day: '24 hours', month: '30 days', quarter: '90 days' },
    median: 'Median',
  },
  paging: { newest: 'Newest', newer: 'Newer', older: 'Older' },
  website,
  incidents,
  notifications,
  account,
  shownOnce,
  count: {
    websites: (count: number) => plural(count, 'website', 'websites'),
    networks: (count: number) => plural(count, 'network', 'networks'),
    validators: (count: number) => plural(count, 'validator', 'validators'),
  },
}

export type Texts = typeof en
