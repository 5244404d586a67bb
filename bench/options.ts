import { parseArgs } from 'node:util'

export interface Options {
  /** Of the dispatched round. */
  validators: number
  websites: number
  /** For submitting at full rate. */
  sockets: number
  /** Websites of a round that is answered in batches, and of one that is answered one by one. */
  batchWebsites: number
  singleWebsites: number
  /** Rounds signed in advance for one measurement in batches. */
  batchRounds: number
  /** Ticks of one `submitTicks`. */
  batch: number
  burstValidators: number
  burstWebsites: number
  silentRounds: number
  sustainedRounds: number
  /** The smaller size, whose cost is compared with ten times as many of both. */
  growthFrom: number
  /** Of the round that is closed; PGlite closes a tenth of the websites. */
  closeValidators: number
  closeWebsites: number
  closeDeadlineMs: number
  /** A tenth of the websites on PGlite; days of rollups, and of verdicts and ticks. */
  historyWebsites: number
  historyDays: number
  verdictDays: number
  /** The longest measurement at full rate. */
  seconds: number
  /** Empty means all but the sustained one. */
  only: readonly string[]
  sustained: boolean
  json: boolean
  /** The build in dist, or the source, which starts more slowly. */
  hubFrom: 'BUILD' | 'SOURCE'
  /** The `dist` of another checkout, whose agent is measured in turn with that of ours. */
  agentAgainst: string | null
  /** For a CPU profile of every hub. */
  profileDir: string | null
}

const FULL = {
  validators: 1_000,
  websites: 1_000,
  sockets: 50,
  batchWebsites: 1_000,
  singleWebsites: 400,
  batchRounds: 2,
  batch: 500,
  burstValidators: 200,
  burstWebsites: 500,
  silentRounds: 10,
  sustainedRounds: 3,
  growthFrom: 10,
  closeValidators: 200,
  closeWebsites: 1_000,
  closeDeadlineMs: 60_000,
  historyWebsites: 1_000,
  historyDays: 90,
  verdictDays: 7,
  seconds: 6,
}

const QUICK = {
  validators: 10,
  websites: 40,
  sockets: 4,
  batchWebsites: 40,
  singleWebsites: 10,
  batchRounds: 2,
  batch: 20,
  burstValidators: 4,
  burstWebsites: 40,
  silentRounds: 2,
  sustainedRounds: 2,
  growthFrom: 2,
  closeValidators: 4,
  closeWebsites: 40,
  closeDeadlineMs: 5_000,
  historyWebsites: 10,
  historyDays: 90,
  verdictDays: 7,
  seconds: 1,
}

const HELP = `npm run bench -- [flags]
  --only a,b         scenarios by name (left out: all but sustained)
  --validators n     validators of the dispatched round (1000)
  --websites n       websites of the dispatched round (1000)
  --sockets n        sockets that answers come over at full rate (50)
  --seconds n        longest of one measurement at full rate (6)
  --silent-rounds n  further rounds that nobody answers (10)
  --sustained        also whole rounds answered by all, three in a row (needs some 4 GB)
  --quick            all sizes tiny: whether it works, not how fast
  --profile folder   a CPU profile of every hub, to be read with a browser's developer tools
  --agent-against d  the agent of dist in turn with that of the folder d, the dist of another checkout
  --from-source      the hub from src, without a build
  --json             the figures as JSON on standard output`

/** Null after `--help`. Throws one sentence when a flag is wrong. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: '' },
      validators: { type: 'string' },
      websites: { type: 'string' },
      sockets: { type: 'string' },
      seconds: { type: 'string' },
      'silent-rounds': { type: 'string' },
      sustained: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
      'agent-against': { type: 'string' },
      'from-source': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.error(HELP)
    return null
  }
  const sizes = values.quick ? QUICK : FULL
  return {
    ...sizes,
    validators: readCount('--validators', values.validators, sizes.validators),
    websites: readCount('--websites', values.websites, sizes.websites),
    sockets: readCount('--sockets', values.sockets, sizes.sockets),
    seconds: readCount('--seconds', values.seconds, sizes.seconds),
    silentRounds: readCount('--silent-rounds', values['silent-rounds'], sizes.silentRounds),
    only: values.only.split(',').filter((name) => name !== ''),
    sustained: values.sustained,
    json: values.json,
    agentAgainst: values['agent-against'] ?? null,
    profileDir: values.profile ?? null,
    hubFrom: values['from-source'] ? 'SOURCE' : 'BUILD',
  }
}

const COUNT_MAX = 100_000

function readCount(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= COUNT_MAX) return value
  throw new Error(`${name}: expected a whole number from 1 to ${COUNT_MAX}, not ${text}`)
}
