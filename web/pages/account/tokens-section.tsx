import { useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { CreateApiTokenDocument, RevokeApiTokenDocument } from '../../client/graphql'
import { ConfirmDialog } from '../../parts/confirm-dialog'
import { Instant } from '../../parts/instant'
import { messageOf, outcomeOf } from '../../parts/outcome'
import { ShownOnce } from '../../parts/shown-once'
import { TableFrame } from '../../parts/table-frame'
import { useTexts } from '../../texts/use-texts'
import type { Account } from './account-page'
import { TokenForm, type TokenValues } from './token-form'

type Token = Account['apiTokens'][number]

/** What lets programs in: made, seen once, and revoked here. */
export function TokensSection({ tokens, onChanged }: { tokens: readonly Token[]; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.account.tokens
  const [isAdding, setIsAdding] = useState(false)
  const [made, setMade] = useState<{ name: string; token: string } | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const close = () => {
    setIsAdding(false)
    setMade(null)
    requestAnimationFrame(() => opener.current?.focus())
  }
  const create = async (input: TokenValues) => {
    const asked = await ask(CreateApiTokenDocument, { input })
    const outcome = outcomeOf(asked, (data) => data.createApiToken, t)
    if (asked.kind === 'data' && asked.data.createApiToken.kind === 'CreateApiTokenSuccess') {
      const { token, apiToken } = asked.data.createApiToken
      setMade({ token, name: apiToken.name })
      setIsAdding(false)
      onChanged()
    }
    return outcome
  }
  const revoked = () => {
    onChanged()
    // The button that had the focus goes with its row.
    requestAnimationFrame(() => heading.current?.focus())
  }
  return (
    <section class="panel" aria-labelledby="tokens-title">
      <div class="panel-heading">
        <h2 id="tokens-title" ref={heading} tabIndex={-1}>
          {texts.title}
        </h2>
        {!isAdding && made === null && (
          <button ref={opener} type="button" onClick={() => setIsAdding(true)}>
            {texts.add}
          </button>
        )}
      </div>
      <p class="quiet small">{texts.what}</p>
      {isAdding && <TokenForm save={create} onClose={close} />}
      {made !== null && (
        <ShownOnce title={texts.made(made.name)} label={texts.token} secret={made.token} onClose={close}>
          <p class="small">{texts.use}</p>
        </ShownOnce>
      )}
      {tokens.length === 0 ? <p>{texts.none}</p> : <TokenTable tokens={tokens} onRevoked={revoked} />}
    </section>
  )
}

function TokenTable({ tokens, onRevoked }: { tokens: readonly Token[]; onRevoked: () => void }) {
  const { t } = useTexts()
  const texts = t.account.tokens
  const [doomed, setDoomed] = useState<Token | null>(null)
  const revoke = async ({ id }: Token) => {
    const asked = await ask(RevokeApiTokenDocument, { id })
    const message = messageOf(outcomeOf(asked, (data) => data.revokeApiToken, t))
    if (message === null) onRevoked()
    return message
  }
  return (
    <TableFrame label={texts.title}>
      <table>
        <caption class="out-of-sight">{texts.title}</caption>
        <thead>
          <tr>
            {[texts.name, texts.scope, texts.created, texts.lastUsed, texts.action].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => setDoomed(token)} />
          ))}
        </tbody>
      </table>
      {doomed !== null && (
        <ConfirmDialog
          title={texts.revokeTitle(doomed.name)}
          text={texts.revokeText}
          confirm={texts.revoke}
          onConfirm={() => revoke(doomed)}
          onClose={() => setDoomed(null)}
        />
      )}
    </TableFrame>
  )
}

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useTexts()
  const texts = t.account.tokens
  return (
    <tr>
      <th scope="row" class="text">
        {token.name}
      </th>
      <td>{token.readOnly ? texts.readOnly : texts.everything}</td>
      <td>
        <Instant at={token.createdAt} />
      </td>
      <td>{token.lastUsedAt === null ? texts.never : <Instant at={token.lastUsedAt} />}</td>
      <td>
        <button type="button" class="small danger" onClick={onRevoke}>
          {texts.revoke} <span class="out-of-sight">{token.name}</span>
        </button>
      </td>
    </tr>
  )
}
