import type { AccountPageQuery } from '../../client/graphql'
import { Instant } from '../../parts/instant'
import { pageAddress, type PageAt } from '../../parts/page-at'
import { Paging } from '../../parts/paging'
import { TableFrame } from '../../parts/table-frame'
import { useTexts } from '../../texts/use-texts'
import type { Account } from './account-page'
import { actionName, subjectAddress } from './change'

type Change = AccountPageQuery['auditLog']['edges'][number]['node']

interface Props {
  log: AccountPageQuery['auditLog']
  tokens: Account['apiTokens']
  at: PageAt
}

/** Who changed what, newest first. */
export function ChangeLog({ log, tokens, at }: Props) {
  const { t } = useTexts()
  const texts = t.account.changes
  return (
    <section class="panel" id="changes" aria-labelledby="changes-title">
      <h2 id="changes-title">{texts.title}</h2>
      <p class="quiet small">{texts.what}</p>
      {log.edges.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <TableFrame label={texts.title}>
          <table>
            <caption class="out-of-sight">{texts.title}</caption>
            <thead>
              <tr>
                {[texts.at, texts.change, texts.detail, texts.actor].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {log.edges.map(({ node }) => (
                <ChangeRow key={node.id} change={node} token={tokens.find(({ id }) => id === node.tokenId)?.name} />
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      <Paging
        label={texts.pages}
        pageInfo={log.pageInfo}
        at={at}
        hrefOf={(page) => `${pageAddress('/account', page)}#changes`}
      />
    </section>
  )
}

function ChangeRow({ change, token }: { change: Change; token: string | undefined }) {
  const { t } = useTexts()
  const texts = t.account.changes
  const { at, actor, action, subjectKind, detail, tokenId } = change
  const known = actionName(action, texts.actions)
  const words = known === null ? texts.other(action, subjectKind) : texts.actions[known]
  const href = subjectAddress(change)
  return (
    <tr>
      <td>
        <Instant at={at} precision="SECOND" />
      </td>
      <th scope="row" class="text">
        {href === null ? words : <a href={href}>{words}</a>}
      </th>
      <td class="code text">{detail}</td>
      <td class="text">
        {texts.actors[actor]}
        {token !== undefined && `, ${texts.withToken(token)}`}
        {tokenId !== null && token === undefined && `, ${texts.withSession}`}
      </td>
    </tr>
  )
}
