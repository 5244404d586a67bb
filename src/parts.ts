import type { Logger } from 'pino'
import type { Bus } from './bus.js'
import type { Clock } from './clock.js'
import type { Passwords } from './passwords.js'
import type { Rates } from './rates.js'
import type { Settings } from './settings.js'
import type { HubKeys } from './store/hub-keys.js'
import type { Store } from './store/store.js'

/** What a hub is made of; a verb picks what it needs with `Pick`. */
export interface Parts {
  store: Store
  keys: HubKeys
  bus: Bus
  clock: Clock
  log: Logger
  settings: Settings
  rates: Rates
  passwords: Passwords
}
