import type { Parts } from '../parts.js'
import { type OwnedUrl, readProven } from './find-proofs.js'

/** Of the websites of a round, those that validators may be sent to: where this hub asks for ownership, the proven ones. */
export async function leaveOutUnproven<Website extends OwnedUrl>(
  { store, settings }: Pick<Parts, 'store' | 'settings'>,
  websites: Website[],
): Promise<Website[]> {
  if (!settings.requireOwnership) return websites
  const isProven = await readProven(store)
  return websites.filter(isProven)
}
