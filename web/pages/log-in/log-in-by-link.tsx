import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { LanguageChoice } from '../../app/language-choice'
import { go } from '../../app/router'
import { keepToken, token } from '../../app/session'
import { RedeemLogInCodeDocument } from '../../client/graphql'
import { useTexts } from '../../texts/use-texts'
import type { Texts } from '../../texts/en'
import './log-in.css'

const COMMAND = 'overlaps owner link <email>'

interface Props {
  code: string
  onDone(): void
}

/** Redeems the code of a log-in link at once, unless somebody is logged in: then only when they say so. */
export function LogInByLink({ code, onDone }: Props) {
  const { t } = useTexts()
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isAsking, setIsAsking] = useState(token() === null)
  useEffect(() => {
    if (!isAsking) return
    void redeem(t, code).then((refused) => {
      if (refused !== null) {
        setRefusal(refused)
        return setIsAsking(false)
      }
      go('/websites', 'REPLACE')
      return onDone()
    })
  }, [isAsking])
  return (
    <main class="log-in">
      <header>
        <h1>Overlaps</h1>
        <LanguageChoice />
      </header>
      <section class="card" aria-label={t.logIn.byLink}>
        <h2>{t.logIn.byLink}</h2>
        {isAsking && <p role="status">{t.logIn.loggingIn}</p>}
        {refusal !== null && (
          <>
            <p role="alert" class="refusal">
              {refusal}
            </p>
            <p>{t.logIn.askForLink(COMMAND)}</p>
          </>
        )}
        {!isAsking && refusal === null && (
          <>
            <p>{t.logIn.otherSession}</p>
            <button type="button" class="main" onClick={() => setIsAsking(true)}>
              {t.logIn.useLink}
            </button>
          </>
        )}
        {!isAsking && (
          <button type="button" onClick={onDone}>
            {token() === null ? t.logIn.otherWay : t.logIn.stay}
          </button>
        )}
      </section>
    </main>
  )
}

/** Null when it is done, else why not. */
async function redeem(t: Texts, code: string): Promise<string | null> {
  const asked = await ask(RedeemLogInCodeDocument, { input: { code } }, { token: null })
  if (asked.kind === 'fault') return t.faults[asked.fault.kind]
  const { redeemLogInCode } = asked.data
  if (redeemLogInCode.kind === 'RedeemLogInCodeRefused') return t.logIn.linkRefusals[redeemLogInCode.reason]
  keepToken(redeemLogInCode.token, 'TAB')
  return null
}
