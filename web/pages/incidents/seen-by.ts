/** How many of the validators that looked saw it Bad. One whose network seemed offline is not counted. */
export interface SeenBy {
  bad: number
  seen: number
}

interface Seen {
  status: 'Good' | 'Bad'
  setAside: boolean
}

export function seenBy(seen: readonly Seen[]): SeenBy {
  const counted = seen.filter(({ setAside }) => !setAside)
  return { bad: counted.filter(({ status }) => status === 'Bad').length, seen: counted.length }
}
