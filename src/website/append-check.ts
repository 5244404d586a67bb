import type { Prisma, Website } from '../generated/prisma/client.js'
import type { Check } from '../protocol/check.js'
import type { Faces } from '../store/store.js'

export async function appendCheck({ prisma }: Faces, website: Website, check: Check, instant: number): Promise<void> {
  // Written out, for an interface is no JSON to Prisma.
  const settings: Prisma.InputJsonObject = { ...check, headers: check.headers.map((header) => ({ ...header })) }
  await prisma.websiteCheck.create({
    data: { websiteId: website.id, revision: website.checkRevision, settings, createdAt: new Date(instant) },
  })
}
