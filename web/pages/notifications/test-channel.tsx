import { useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { TestChannelDocument } from '../../client/graphql'
import { messageOf, outcomeOf } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import { AttemptTable } from './attempt-table'
import type { Attempt } from './channel-data'

type Test = { kind: 'WAITING' } | { kind: 'REFUSED'; message: string } | { kind: 'ANSWERED'; attempt: Attempt }

/** Sends a message at once and shows what came of it. */
export function TestChannel({ id, onTested }: { id: string; onTested: () => void }) {
  const { t } = useTexts()
  const texts = t.notifications
  const [test, setTest] = useState<Test | null>(null)
  const run = async () => {
    if (test?.kind === 'WAITING') return
    setTest({ kind: 'WAITING' })
    const asked = await ask(TestChannelDocument, { id })
    const message = messageOf(outcomeOf(asked, (data) => data.testChannel, t))
    if (message !== null) setTest({ kind: 'REFUSED', message })
    else if (asked.kind === 'data' && 'attempt' in asked.data.testChannel) {
      setTest({ kind: 'ANSWERED', attempt: asked.data.testChannel.attempt })
      onTested()
    }
  }
  return (
    <>
      <div class="buttons">
        <button type="button" class="main" aria-disabled={test?.kind === 'WAITING'} onClick={() => void run()}>
          {texts.test}
        </button>
      </div>
      <div role="status">
        {test?.kind === 'WAITING' && <p>{texts.testing}</p>}
        {test?.kind === 'REFUSED' && <p class="refusal">{test.message}</p>}
        {test?.kind === 'ANSWERED' && <AttemptTable title={texts.testResult} attempts={[test.attempt]} />}
      </div>
    </>
  )
}
