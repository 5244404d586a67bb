import type { WebsiteTick } from '../generated/prisma/client.js'
import type { Store } from '../store/store.js'
import type { Callback } from '../round/callback-id.js'
import { findWebsitesByNo } from '../website/find-websites-by-no.js'

export interface StoredTick extends WebsiteTick {
  websiteId: string
}

export async function findTick(
  store: Pick<Store, 'prisma' | 'sql'>,
  { websiteNo, roundAt, validatorNo }: Pick<Callback, 'websiteNo' | 'roundAt' | 'validatorNo'>,
): Promise<StoredTick | null> {
  const tick = await store.prisma.websiteTick.findUnique({
    where: { websiteNo_roundAt_validatorNo: { websiteNo, roundAt: new Date(roundAt), validatorNo } },
  })
  if (!tick) return null
  const website = (await findWebsitesByNo(store, [websiteNo])).get(websiteNo)
  return website ? { ...tick, websiteId: website.id } : null
}
