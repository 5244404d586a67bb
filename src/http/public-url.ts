import type { Settings } from '../settings.js'
import { localOrigin } from './listen.js'

/** Where people reach the hub, without a slash at its end. Never from `Host`, which whoever asks may choose. */
export function publicUrlOf({
  publicUrl,
  origins,
  host,
  port,
}: Pick<Settings, 'publicUrl' | 'origins' | 'host' | 'port'>): string {
  return publicUrl ?? origins[0] ?? localOrigin(host, port)
}
