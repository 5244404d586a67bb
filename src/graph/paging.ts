import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../limits.js'
import { fault } from './fault.js'

export { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX }

/** Relay's arguments as Pothos types them. */
export interface PageArguments {
  first?: number | null | undefined
  last?: number | null | undefined
}

/** @throws BAD_USER_INPUT for a page that is empty or too large: Prisma's plugin would cut it in silence. */
export function checkPageSize({ first, last }: PageArguments): void {
  for (const [name, size] of Object.entries({ first, last })) {
    if (size != null && (size < 1 || size > PAGE_SIZE_MAX)) {
      throw fault('BAD_USER_INPUT', `\`${name}\` must be from 1 to ${PAGE_SIZE_MAX}, and ${size} was asked for.`, {
        argument: name,
        limit: PAGE_SIZE_MAX,
      })
    }
  }
}
