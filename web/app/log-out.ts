import { ask } from '../api/ask'
import { LogOutDocument } from '../client/graphql'
import { forgetToken, token } from './session'

/** Leaves at once. A log-in session ends at the hub as well; an API token goes on working elsewhere. */
export function logOut(): void {
  const held = token()
  forgetToken()
  if (held !== null) void ask(LogOutDocument, {}, { token: held })
}
