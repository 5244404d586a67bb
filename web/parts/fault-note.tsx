import type { Fault } from '../api/ask'
import { useTexts } from '../texts/use-texts'

/** Says what kept the hub from answering, and offers what helps. */
export function FaultNote({ fault, onRetry }: { fault: Fault; onRetry: () => void }) {
  const { t } = useTexts()
  return (
    <div role="alert" class="note bad">
      <p>
        {t.faults[fault.kind]} {fault.kind === 'FAILED' && fault.message}
      </p>
      {fault.kind === 'UPGRADED' ? (
        <button type="button" onClick={() => location.reload()}>
          {t.faults.reload}
        </button>
      ) : (
        <button type="button" onClick={onRetry}>
          {t.faults.retry}
        </button>
      )}
    </div>
  )
}
