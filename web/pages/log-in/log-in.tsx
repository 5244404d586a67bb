import { useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { keepToken, type Keeping } from '../../app/session'
import { LanguageChoice } from '../../app/language-choice'
import { LogInDocument, WhoAmIDocument } from '../../client/graphql'
import { useTexts } from '../../texts/use-texts'
import type { Texts } from '../../texts/en'
import './log-in.css'

/** By an owner's token, or by e-mail and password. What was typed stays where it is when it is refused. */
export function LogIn() {
  const { t } = useTexts()
  const [isKept, setIsKept] = useState(false)
  const keeping: Keeping = isKept ? 'BROWSER' : 'TAB'
  return (
    <main class="log-in">
      <header>
        <h1>Overlaps</h1>
        <LanguageChoice />
      </header>
      <label class="choice">
        <input type="checkbox" checked={isKept} onChange={({ currentTarget }) => setIsKept(currentTarget.checked)} />
        {t.logIn.keep}
      </label>
      <LogInForm title={t.logIn.withToken} submit={(values) => byToken(t, values.get('token') ?? '', keeping)}>
        <label>
          {t.logIn.token}
          <input name="token" type="password" required autocomplete="off" spellcheck={false} aria-describedby="hint" />
        </label>
        <p id="hint" class="quiet">
          {t.logIn.tokenHint}
        </p>
      </LogInForm>
      <LogInForm title={t.logIn.withPassword} submit={(values) => byPassword(t, values, keeping)}>
        <label>
          {t.logIn.email}
          <input name="email" type="email" required autocomplete="username" />
        </label>
        <label>
          {t.logIn.password}
          <input name="password" type="password" required autocomplete="current-password" />
        </label>
      </LogInForm>
    </main>
  )
}

interface FormProps {
  title: string
  /** Null when it is done, else why not. */
  submit(values: ReadonlyMap<string, string>): Promise<string | null>
  children: preact.ComponentChildren
}

function LogInForm({ title, submit, children }: FormProps) {
  const { t } = useTexts()
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isAsking, setIsAsking] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    if (form.current === null || isAsking) return
    setIsAsking(true)
    const fields = [...new FormData(form.current)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()] as const] : [],
    )
    setRefusal(await submit(new Map(fields)))
    setIsAsking(false)
  }
  return (
    <form ref={form} class="card" onSubmit={(event) => void send(event)} aria-label={title}>
      <h2>{title}</h2>
      {children}
      {refusal !== null && (
        <p role="alert" class="refusal">
          {refusal}
        </p>
      )}
      <button class="main" type="submit" aria-disabled={isAsking}>
        {t.logIn.submit}
      </button>
    </form>
  )
}

async function byToken(t: Texts, token: string, keeping: Keeping): Promise<string | null> {
  const asked = await ask(WhoAmIDocument, {}, { token })
  if (asked.kind === 'fault') {
    return asked.fault.kind === 'LOGGED_OUT' ? t.logIn.wrongToken : t.faults[asked.fault.kind]
  }
  const { viewer } = asked.data
  if (viewer === null) return t.logIn.wrongToken
  if (viewer.kind !== 'User') return t.logIn.notAnOwner
  keepToken(token, keeping)
  return null
}

async function byPassword(t: Texts, values: ReadonlyMap<string, string>, keeping: Keeping): Promise<string | null> {
  const input = { email: values.get('email') ?? '', password: values.get('password') ?? '' }
  const asked = await ask(LogInDocument, { input }, { token: null })
  if (asked.kind === 'fault') return t.faults[asked.fault.kind]
  const { logIn } = asked.data
  if (logIn.kind === 'LogInRefused') return logIn.message
  keepToken(logIn.token, keeping)
  return null
}
