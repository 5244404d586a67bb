import type { Parts } from '../parts.js'
import { type OwnedUrl, readProven } from './find-proofs.js'

/** The websites that validators may be sent to: where this hub requires ownership, the proven ones. */
export async function leaveOutUnproven<Website extends OwnedUrl>(
  { store, settings }: Pick<Parts, 'store' | 'settings'>,
  websites: Website[],
): Promise<Website[]> {
  if (!settings.requireOwnership) return websites
  const isProven = await readProven(store)
  return websites.filter(isProven)
}
