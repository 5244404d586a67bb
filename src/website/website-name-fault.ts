import { nameFault } from '../graph/name-fault.js'

/** Characters of a website's name. */
const WEBSITE_NAME_LENGTH_MAX = 200

/** What is wrong with a website's name, in one sentence; `null` when nothing is. */
export function websiteNameFault(name: string): string | null {
  return nameFault(name, WEBSITE_NAME_LENGTH_MAX)
}
