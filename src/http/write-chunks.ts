import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Clock } from '../clock.js'

export type WrittenOutcome = 'WRITTEN' | 'PEER_GONE' | 'PEER_STALLED'

/** Asks for a chunk once the peer has read the last, so a slow one costs no memory. Rethrows what `chunks` throws. */
export async function writeChunks(
  response: ServerResponse,
  chunks: AsyncIterable<string | Uint8Array>,
  { clock, patienceMs }: { clock: Clock; patienceMs: number },
): Promise<WrittenOutcome> {
  let hasStalled = false
  const gone = new AbortController()
  const onClose = () => gone.abort()
  response.once('close', onClose)
  const patiently = async (event: 'drain' | 'finish') => {
    const cancel = clock.at(clock.now() + patienceMs, () => {
      hasStalled = true
      response.destroy()
    })
    // Rejects when the peer goes, which the loop sees by itself.
    await once(response, event, { signal: gone.signal }).catch(() => undefined)
    cancel()
  }
  const outcome = () => (hasStalled ? 'PEER_STALLED' : 'PEER_GONE')
  try {
    if (response.destroyed) return outcome()
    for await (const chunk of chunks) {
      if (response.destroyed) return outcome()
      if (!response.write(chunk)) await patiently('drain')
      if (response.destroyed) return outcome()
    }
    const finished = patiently('finish')
    response.end()
    await finished
    return response.writableFinished ? 'WRITTEN' : outcome()
  } catch (error) {
    response.destroy()
    throw error
  } finally {
    response.off('close', onClose)
  }
}
