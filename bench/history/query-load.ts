import { Agent, request } from 'node:http'
import { answerCommands } from '../answer-commands.js'

/** A command to the process that plays the frontends. */
export interface QueryCommand {
  url: string
  token: string
  /** One, or several in turn. */
  query: string | readonly string[]
  /** Used in turn. */
  variables: readonly Record<string, unknown>[]
  connections: number
  /** Whether answers come or not; null sends the next request after each answer. */
  perSecond: number | null
  count: number
}

export interface QueryTimes {
  p50Ms: number
  p99Ms: number
  /** Answers that were errors or had no data, and the first of them. */
  failed: number
  firstFailure: string | null
}

async function obey({
  url,
  token,
  query,
  variables,
  connections,
  perSecond,
  count,
}: QueryCommand): Promise<QueryTimes> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const bodies = [query]
    .flat()
    .flatMap((one) => variables.map((given) => JSON.stringify({ query: one, variables: given })))
  const times: number[] = []
  const failures: string[] = []
  const one = async (index: number, dueAt: number) => {
    const text = await post(agent, url, token, bodies[index % bodies.length] ?? '')
    times.push(performance.now() - dueAt)
    if (!text.startsWith('{"data":{') || text.includes('"errors"')) failures.push(text.slice(0, 500))
  }
  const startedAt = performance.now()
  const sent: Promise<void>[] = []
  for (let index = 0; index < count; index++) {
    if (perSecond === null) await one(index, performance.now())
    else {
      const dueAt = startedAt + (index / perSecond) * 1000
      const waitMs = dueAt - performance.now()
      if (waitMs > 0) await sleep(waitMs)
      sent.push(one(index, dueAt))
    }
  }
  await Promise.all(sent)
  agent.destroy()
  const sorted = times.toSorted((a, b) => a - b)
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50Ms: quantile(0.5), p99Ms: quantile(0.99), failed: failures.length, firstFailure: failures[0] ?? null }
}

function post(agent: Agent, url: string, token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = request(`${url}/graphql`, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        'content-length': Buffer.byteLength(body),
      },
    })
    sending.once('error', reject)
    sending.once('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    })
    sending.end(body)
  })
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

answerCommands(obey)
