import { useDocument } from '../../api/use-document'
import { logOut } from '../../app/log-out'
import { AccountPageDocument, type AccountPageQuery } from '../../client/graphql'
import { FaultNote } from '../../parts/fault-note'
import { Instant } from '../../parts/instant'
import { pageTerms, readPage, type PageAt } from '../../parts/page-at'
import { queryAddress } from '../../parts/query-address'
import { useTitle } from '../../parts/use-title'
import { useTexts } from '../../texts/use-texts'
import { ChangeLog } from './change-log'
import { PasswordSection } from './password-section'
import { TokensSection } from './tokens-section'
import '../../parts/panel.css'

const CHANGES_A_PAGE = 20

export type Account = Extract<AccountPageQuery['viewer'], { kind: 'User' }>

/** Who is logged in, what lets them in, and what was changed. */
export function AccountPage({ query }: { query: URLSearchParams }) {
  const { t } = useTexts()
  const at = readPage(query)
  const variables = pageTerms(at, CHANGES_A_PAGE)
  const { data, fault, refresh } = useDocument(AccountPageDocument, variables)
  useTitle(t.account.title)
  return (
    <>
      <h1>{t.account.title}</h1>
      {fault !== null && <FaultNote fault={fault} onRetry={refresh} />}
      {data === null && fault === null && <p role="status">{t.websites.loading}</p>}
      {data?.viewer?.kind === 'User' && (
        <Sections account={data.viewer} log={data.auditLog} at={at} onChanged={refresh} />
      )}
      <p class="small">
        <a href={queryAddress(AccountPageDocument, variables)}>{t.website.pageQuery}</a>
      </p>
    </>
  )
}

interface SectionsProps {
  account: Account
  log: AccountPageQuery['auditLog']
  at: PageAt
  onChanged(): void
}

function Sections({ account, log, at, onChanged }: SectionsProps) {
  return (
    <>
      <WhoSection account={account} />
      <PasswordSection account={account} onChanged={onChanged} />
      <TokensSection tokens={account.apiTokens} onChanged={onChanged} />
      <ChangeLog log={log} tokens={account.apiTokens} at={at} />
    </>
  )
}

function WhoSection({ account }: { account: Account }) {
  const { t } = useTexts()
  const texts = t.account.who
  return (
    <section class="panel" aria-labelledby="who-title">
      <h2 id="who-title">{texts.title}</h2>
      <dl class="facts">
        <div class="wide">
          <dt>{texts.email}</dt>
          <dd>{account.email}</dd>
        </div>
        <div class="wide">
          <dt>{texts.since}</dt>
          <dd>
            <Instant at={account.createdAt} />
          </dd>
        </div>
      </dl>
      <p class="quiet small">{texts.logOutText}</p>
      <div class="buttons">
        <button type="button" onClick={logOut}>
          {t.shell.logOut}
        </button>
      </div>
    </section>
  )
}
