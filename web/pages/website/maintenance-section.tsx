import { useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import {
  CreateMaintenanceWindowDocument,
  DeleteMaintenanceWindowDocument,
  UpdateMaintenanceWindowDocument,
} from '../../client/graphql'
import { ConfirmDialog } from '../../parts/confirm-dialog'
import { messageOf, outcomeOf, type Outcome } from '../../parts/outcome'
import { StateMark } from '../../parts/state-mark'
import { instant } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import type { PageData, Window } from './page-data'
import { readersZone } from './page-terms'
import { weekdayName } from './weekday-name'
import { WindowForm } from './window-form'
import { newWindow, windowInput, windowValues, type WindowValues } from './window-input'
import '../../parts/entries.css'

/** When it may be down: planned, changed and deleted here. */
export function MaintenanceSection({ page, onChanged }: { page: PageData; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.website.maintenance
  const [isAdding, setIsAdding] = useState(false)
  const create = async (values: WindowValues): Promise<Outcome> => {
    const input = { websiteId: page.id, ...windowInput(values) }
    const asked = await ask(CreateMaintenanceWindowDocument, { input })
    const outcome = outcomeOf(asked, (data) => data.createMaintenanceWindow, t)
    if (outcome.kind === 'done') onChanged()
    return outcome
  }
  return (
    <section class="panel" aria-labelledby="maintenance-title">
      <div class="panel-heading">
        <h2 id="maintenance-title">{texts.title}</h2>
        {!isAdding && (
          <button type="button" onClick={() => setIsAdding(true)}>
            {texts.add}
          </button>
        )}
      </div>
      <p class="quiet small">{texts.what}</p>
      {isAdding && (
        <WindowForm
          initial={newWindow(readersZone())}
          title={texts.add}
          save={create}
          onClose={() => setIsAdding(false)}
        />
      )}
      {page.maintenanceWindows.length === 0 && !isAdding && <p>{texts.none}</p>}
      <ul class="entries">
        {page.maintenanceWindows.map((window) => (
          <WindowEntry key={window.id} window={window} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  )
}

function WindowEntry({ window, onChanged }: { window: Window; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.website.maintenance
  const [mode, setMode] = useState<'SHOWN' | 'CHANGED' | 'DELETED'>('SHOWN')
  const close = () => setMode('SHOWN')
  const update = async (values: WindowValues): Promise<Outcome> => {
    const asked = await ask(UpdateMaintenanceWindowDocument, { input: { id: window.id, ...windowInput(values) } })
    const outcome = outcomeOf(asked, (data) => data.updateMaintenanceWindow, t)
    if (outcome.kind === 'done') onChanged()
    return outcome
  }
  const remove = async () => {
    const asked = await ask(DeleteMaintenanceWindowDocument, { id: window.id })
    const message = messageOf(outcomeOf(asked, (data) => data.deleteMaintenanceWindow, t))
    if (message === null) onChanged()
    return message
  }
  return (
    <li>
      <WindowLine window={window}>
        <button type="button" class="small" onClick={() => setMode('CHANGED')}>
          {texts.change} <span class="out-of-sight">{window.name}</span>
        </button>
        <button type="button" class="small danger" onClick={() => setMode('DELETED')}>
          {texts.delete} <span class="out-of-sight">{window.name}</span>
        </button>
      </WindowLine>
      {mode === 'CHANGED' && (
        <WindowForm initial={windowValues(window)} title={texts.change} save={update} onClose={close} />
      )}
      {mode === 'DELETED' && (
        <ConfirmDialog
          title={texts.deleteTitle(window.name)}
          text={texts.deleteText}
          confirm={texts.delete}
          onConfirm={remove}
          onClose={close}
        />
      )}
    </li>
  )
}

function WindowLine({ window, children }: { window: Window; children: preact.ComponentChildren }) {
  const { t, language } = useTexts()
  const texts = t.website.maintenance
  const time = (at: string | null) => (at === null ? '–' : instant(Date.parse(at), language))
  const { name, running, nextStartsAt, nextEndsAt } = window
  return (
    <p class="entry-line">
      <strong>{name}</strong>
      <span>{timesText(window, texts, language)}</span>
      {running ? (
        <span>
          <StateMark state="MAINTENANCE" /> {texts.until(time(nextEndsAt))}
        </span>
      ) : (
        nextStartsAt !== null && <span class="quiet">{texts.next(time(nextStartsAt), time(nextEndsAt))}</span>
      )}
      {children}
    </p>
  )
}

function timesText(
  { kind, startsAt, endsAt, weekdays, startTime, endTime, timeZone }: Window,
  texts: ReturnType<typeof useTexts>['t']['website']['maintenance'],
  language: string,
): string {
  if (kind === 'ONE_OFF') {
    return texts.onceFrom(startsAt?.replace('T', ' ') ?? '', endsAt?.replace('T', ' ') ?? '', timeZone)
  }
  const days = weekdays.map((day) => weekdayName(day, language)).join(', ')
  return texts.weeklyAt(days, startTime ?? '', endTime ?? '', timeZone)
}
