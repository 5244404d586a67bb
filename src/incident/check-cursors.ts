import { validate as isUuid } from 'uuid'
import { fault } from '../graph/fault.js'

/** @throws BAD_USER_INPUT for a cursor that no page has given out; an empty one is that of an empty page. */
export function checkCursors(cursors: { after?: string | null | undefined; before?: string | null | undefined }): void {
  for (const name of ['after', 'before'] as const) {
    const cursor = cursors[name]
    if (cursor && !isUuid(cursor)) {
      throw fault('BAD_USER_INPUT', `\`${name}\` must be a cursor of an earlier page.`, { argument: name })
    }
  }
}
