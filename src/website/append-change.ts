import { v7 as uuid } from 'uuid'
import type { Website } from '../generated/prisma/client.js'
import type { Faces } from '../store/store.js'

export async function appendChange({ prisma }: Faces, website: Website, instant: number): Promise<void> {
  const { id: websiteId, enabled, everyRounds, checkRevision } = website
  const deleted = website.deletedAt !== null
  await prisma.websiteChange.create({
    data: { id: uuid(), websiteId, at: new Date(instant), enabled, deleted, everyRounds, checkRevision },
  })
}
