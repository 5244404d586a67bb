import { nameFault } from '../graph/name-fault.js'
import { inputFault, type InputFault } from '../graph/problem.js'

export const TAGS_MAX = 20
const TAG_LENGTH_MAX = 50

/** Tags as they are kept and compared: trimmed, in lower case, each once, in the order in which they are given. */
export function normaliseTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().normalize('NFC').toLowerCase()))]
}

/** Everything that is wrong with tags as somebody typed them; `field` is the input's that holds them. */
export function tagsFaults(tags: readonly string[], field: 'tags' | 'addTags' = 'tags'): InputFault<'INVALID_TAGS'>[] {
  if (normaliseTags(tags).length > TAGS_MAX) {
    return [inputFault('INVALID_TAGS', `A website has at most ${TAGS_MAX} tags.`, field)]
  }
  return tags.flatMap((tag, index) => {
    const message = nameFault(tag.trim().normalize('NFC'), TAG_LENGTH_MAX, 'A tag')
    return message === null ? [] : [inputFault('INVALID_TAGS' as const, message, `${field}[${index}]`)]
  })
}

export interface TagChanges {
  /** Instead of those that there are. */
  tags?: readonly string[]
  addTags?: readonly string[]
  removeTags?: readonly string[]
}

export function changeTags(current: readonly string[], { tags, addTags = [], removeTags = [] }: TagChanges): string[] {
  const removed = new Set(normaliseTags(removeTags))
  return normaliseTags([...(tags ?? current), ...addTags]).filter((tag) => !removed.has(tag))
}
