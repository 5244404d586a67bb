import { ask } from './ask.js'
import type { AnswerView, NetworkView, WebsiteView } from './network-view.js'
import type { Network } from './start-network.js'

const WEBSITES = `query Websites($from: DateTime) {
  websites(first: 10) { edges { node {
    name
    status
    uptime(over: { window: LAST_HOUR }) { ratio latency { p50Us } }
    ticks(first: 100, from: $from) { edges { node { roundAt status failure httpStatus validator { id } } } }
  } } }
}`

const VALIDATORS = `query Validators {
  sessions(first: 100) { edges { node { validator { id label region pendingPayouts } } } }
}`

interface WebsitesData {
  websites: {
    edges: {
      node: {
        name: string
        status: 'Good' | 'Bad' | null
        uptime: { ratio: number | null; latency: { p50Us: number } | null }
        ticks: { edges: { node: AnswerView }[] }
      }
    }[]
  }
}

interface ValidatorsData {
  sessions: {
    edges: {
      node: { validator: { id: string; label: string | null; region: string | null; pendingPayouts: string } }
    }[]
  }
}

/** Each `read` asks for new answers only. */
export function createNetworkReader({ url, ownerToken, operatorToken }: Network): { read(): Promise<NetworkView> } {
  const rounds = new Set<string>()
  const answerCounts = new Map<string, number>()
  let lastRoundAt: string | null = null
  let lastAnswers = new Map<string, readonly AnswerView[]>()

  /** Keeps the answers of rounds that have ended since the last look. */
  const note = (websites: readonly { name: string; ticks: readonly AnswerView[] }[]) => {
    const news = websites.flatMap(({ ticks }) => ticks).filter(({ roundAt }) => roundAt !== lastRoundAt)
    const newest = news
      .map(({ roundAt }) => roundAt)
      .sort()
      .at(-1)
    if (newest === undefined) return
    for (const { roundAt, validator } of news) {
      rounds.add(roundAt)
      answerCounts.set(validator.id, (answerCounts.get(validator.id) ?? 0) + 1)
    }
    lastRoundAt = newest
    lastAnswers = new Map(websites.map(({ name, ticks }) => [name, ticks.filter((tick) => tick.roundAt === newest)]))
  }

  return {
    async read() {
      const { websites } = await ask<WebsitesData>(url, ownerToken, WEBSITES, { from: lastRoundAt })
      const nodes = websites.edges.map(({ node }) => ({ ...node, ticks: node.ticks.edges.map((edge) => edge.node) }))
      note(nodes)
      const { sessions } = await ask<ValidatorsData>(url, operatorToken, VALIDATORS)
      return {
        roundCount: rounds.size,
        roundAt: lastRoundAt,
        websites: nodes.map(({ name, status, uptime }): WebsiteView => ({
          name,
          status,
          ratio: uptime.ratio,
          medianUs: uptime.latency?.p50Us ?? null,
          answers: lastAnswers.get(name) ?? [],
        })),
        validators: sessions.edges
          .map(
            ({
              node: {
                validator: { id, label, region, pendingPayouts },
              },
            }) => ({
              label: label ?? id,
              region: region ?? '',
              answerCount: answerCounts.get(id) ?? 0,
              lamports: pendingPayouts,
            }),
          )
          .sort((a, b) => a.label.localeCompare(b.label)),
      }
    },
  }
}
