import type { PostAnswer } from '../test-hub.js'
import type { AccessWorld } from './access-fixture.js'

type Event = Pick<PostAnswer<unknown>, 'data' | 'errors'>

/** A subscription over server-sent events. */
export interface EventReader {
  /** The next event, or the answer of a hub that gives none. */
  next(): Promise<Event>
  /** The text of the next event in which something stands. */
  nextOf(words: string): Promise<string>
  /** All that has come. */
  text(): string
  close(): Promise<void>
}

export async function readEvents(world: AccessWorld, identity: string, query: string): Promise<EventReader> {
  const token = world.tokens[identity]
  const ended = new AbortController()
  const response = await fetch(`${world.hub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
    signal: ended.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let all = ''
  let rest = ''
  const nextText = async (): Promise<string> => {
    for (;;) {
      const match = /^data: (.+)$/m.exec(rest)
      if (match?.[1] !== undefined && rest.slice(match.index).includes('\n\n')) {
        rest = rest.slice(match.index + match[0].length)
        return match[1]
      }
      const part = await reader?.read()
      if (!part || part.done) throw new Error(`the stream ended: ${all}`)
      all += part.value
      rest += part.value
    }
  }
  return {
    next: async () => JSON.parse(await nextText()) as Event,
    async nextOf(words) {
      for (;;) {
        const text = await nextText()
        if (text.includes(words)) return text
      }
    },
    text: () => all,
    async close() {
      ended.abort()
      await reader?.closed.catch(() => undefined)
    },
  }
}
