/** Runs the agent's own checks, as many at a time as the agent does, or as many probes of another program. */
import { get } from 'node:http'
import { answerCommands } from '../answer-commands.js'
import { loadRoad, type Road } from './load-road.js'

/** `probe` is the URL of another checker that checks the site when fetched; null runs our own check. */
export interface CheckerCommand {
  site: string
  probe: string | null
  /** The folder of a build whose agent checks; null for this source. */
  build: string | null
  concurrency: number
  forMs: number
}

export interface CheckerAnswer {
  checks: number
  bad: number
  elapsedMs: number
}

function checkByProbe(probe: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(probe, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve(/^probe_success 1$/m.test(text)))
    })
    request.on('error', () => resolve(false))
  })
}

/** One that is made anew has everything to learn. */
const roads = new Map<string | null, Road>()

answerCommands(async ({ site, probe, build, concurrency, forMs }: CheckerCommand): Promise<CheckerAnswer> => {
  const road = await (roads.get(build) ?? loadRoad(build))
  roads.set(build, road)
  let checks = 0
  let bad = 0
  const startedAt = performance.now()
  const lane = async () => {
    while (performance.now() - startedAt < forMs) {
      if (!(await (probe === null ? road(site) : checkByProbe(probe)))) bad += 1
      checks += 1
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return { checks, bad, elapsedMs: performance.now() - startedAt }
})
