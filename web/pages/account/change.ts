/** The action where the texts have words for it; null for what a newer hub may have. */
export function actionName<Name extends string>(action: string, words: Readonly<Record<Name, string>>): Name | null {
  return Object.hasOwn(words, action) ? (action as Name) : null
}

interface Change {
  action: string
  subjectKind: string
  subjectId: string | null
}

const PLACES: Readonly<Record<string, string>> = { Website: '/websites/', Webhook: '/notifications/' }

/** The page of what was changed; null where there is none, or none any more. */
export function subjectAddress({ action, subjectKind, subjectId }: Change): string | null {
  const place = PLACES[subjectKind]
  if (place === undefined || subjectId === null || action.startsWith('delete')) return null
  return place + encodeURIComponent(subjectId)
}
