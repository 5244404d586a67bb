import type { Website } from '../../generated/prisma/client.js'
import { createBuilder } from '../../graph/create-builder.js'
import { addTestUser, createTestParts, ownerActor, ownerIdentity, type TestParts } from '../owner/parts.js'
import type { Settings } from '../../settings.js'
import { ensurePartitions } from '../../store/partitions.js'
import type { TestTemplate } from '../test-template.js'
import { findLastClosedRound } from '../../tick/find-last-closed-round.js'
import { createWebsite } from '../../website/create-website.js'
import { addWebsiteGraph } from '../../website/graph.js'
import { addHistoryGraph } from '../../history/graph.js'

/** An owner's websites and the schema as far as this room makes it. The clock stands at 13:00. */
export async function createTestGraph(template: TestTemplate) {
  const base = await createTestParts(template)
  const settings: Settings = { ...base.settings, verdictRetentionDays: 90, rollupRetentionDays: null }
  const parts = { ...base, settings, lastClosedRound: () => findLastClosedRound(base.store) }
  await ensurePartitions(parts.store, parts.clock.now())
  const userId = await addTestUser(parts, 'owner@example.com')
  return {
    parts,
    owner: ownerIdentity(userId),
    schema: createTestSchema(),
    addWebsite: (name: string) => addTestWebsite(parts, userId, name),
  }
}

async function addTestWebsite(parts: TestParts, userId: string, name: string): Promise<Website> {
  const outcome = await createWebsite(parts, ownerActor(userId), { name, url: `https://${name}.example.com/` })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.website
}

function createTestSchema() {
  const builder = createBuilder()
  const { website } = addWebsiteGraph(builder)
  const verdictStatus = builder.enumType('VerdictStatus', { values: ['Good', 'Bad', 'Inconclusive'] as const })
  addHistoryGraph(builder, { website, verdictStatus })
  return builder.toSchema()
}
