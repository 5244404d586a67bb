import { COMMITS_STALLED_MS, SUBMISSION_MS } from '../limits.js'
import type { TickRecorder } from './tick-recorder.js'

/** Waits by the machine's time, and longer while answers are being stored. @throws when nothing gets stored. */
export async function unlessStalled<Result>(
  work: Promise<Result>,
  { lastCommitAt }: Pick<TickRecorder, 'lastCommitAt'>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const stalled = new Promise<never>((_resolve, reject) => {
    const look = () => {
      const leftMs = lastCommitAt() + COMMITS_STALLED_MS - performance.now()
      if (leftMs <= 0) reject(new Error('nothing could be stored for too long'))
      else timer = setTimeout(look, leftMs)
    }
    timer = setTimeout(look, SUBMISSION_MS)
  })
  try {
    return await Promise.race([work, stalled])
  } finally {
    clearTimeout(timer)
  }
}
