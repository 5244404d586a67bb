import { buildSchema } from '../../src/hub/schema.js'
import { type KnownThings, randomQuery } from '../../src/testing/api/random-document.js'
import type { HubUnderTest } from '../hub-under-test.js'
import type { MeasuredProcess } from '../measured-process.js'
import type { QueryCommand, QueryTimes } from './query-load.js'

const DOCUMENTS = 300

export interface DocumentTimes {
  p50Ms: number
  p99Ms: number
  /** How late the hub's event loop was meanwhile, for whatever else it serves. */
  loopP99Ms: number
  loopMaxMs: number
}

/** Random documents within the limits, one after the other; those that are refused as too dear count as well. */
export async function askDocuments(
  load: MeasuredProcess,
  hub: HubUnderTest,
  known: KnownThings,
): Promise<DocumentTimes> {
  const schema = buildSchema()
  const documents = Array.from({ length: DOCUMENTS }, (_, seed) => randomQuery(schema, known, seed))
  const command: QueryCommand = {
    url: hub.url,
    token: hub.ownerToken,
    query: documents,
    variables: [{}],
    connections: 1,
    perSecond: null,
    count: DOCUMENTS,
  }
  await hub.reset()
  const { p50Ms, p99Ms } = await load.ask<QueryTimes>(command)
  const { delayP99Ms, delayMaxMs } = await hub.read()
  return { p50Ms, p99Ms, loopP99Ms: delayP99Ms, loopMaxMs: delayMaxMs }
}
