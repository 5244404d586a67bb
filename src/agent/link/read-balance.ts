import { BalanceDocument } from '../client/graphql.js'
import type { HubSocket } from './open-hub-socket.js'

/** In lamports; `null` when the hub cannot be asked or does not say. */
export async function readBalance(socket: HubSocket | null): Promise<string | null> {
  const result = (await socket?.ask(BalanceDocument, {})) ?? null
  const viewer = result?.data?.viewer ?? null
  return viewer?.kind === 'Validator' ? viewer.pendingPayouts : null
}
