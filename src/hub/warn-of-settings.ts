import type { Parts } from '../parts.js'

/** Warns once at the start of settings that are valid alone and dangerous together. */
export function warnOfSettings({ settings, log }: Pick<Parts, 'settings' | 'log'>): void {
  if (settings.registration === 'open' && !settings.requireOwnership) {
    log.warn(
      'Anybody may register and send all validators to any website: OVERLAPS_REGISTRATION is open and OVERLAPS_REQUIRE_OWNERSHIP is off. With OVERLAPS_REQUIRE_OWNERSHIP=1 only websites are checked whose owner has proven the host to be theirs.',
    )
  }
}
