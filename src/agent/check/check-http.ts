import { elapsedUs } from '../../dial/elapsed-us.js'
import { exchange } from '../../dial/exchange.js'
import { startFigures } from '../../dial/figures.js'
import { startLife } from '../../dial/life.js'
import { BODY_READ_MAX_BYTES } from '../../protocol/limits.js'
import { hostOf } from '../../protocol/target-gate.js'
import { formatInstant } from '../../protocol/text-forms.js'
import type { CheckRunner, Hop, Refused } from './check-outcome.js'
import { createCookieJar, type CookieJar } from './cookie-jar.js'
import { failed } from './failed.js'
import type { Failed } from './failed.js'
import { followRedirect, isRedirect } from './follow-redirect.js'
import { bodyOf, firstRequest, headerLines } from './hop-request.js'
import type { HopRequest } from './hop-request.js'
import { judgeResponse } from './judge-response.js'
import { judgeTimeout } from './judge-timeout.js'
import { measured, type CheckStart } from './measured.js'
import { openHop } from './open-hop.js'
import type { CheckTerms } from './open-hop.js'
import { readKeyword, type KeywordReader } from './read-keyword.js'

/** HTTP/1.1, with or without TLS (PROTOCOL §4). */
export const checkHttp: CheckRunner = async (url, { check, timeoutMs }, policy, options) => {
  const life = startLife(timeoutMs, options.signal)
  const walk: Walk = {
    checkedAt: formatInstant(options.clock.now()),
    startedAt: performance.now(),
    asked: [firstRequest(url, check)],
    hops: [],
    cookies: createCookieJar(() => options.clock.now()),
    keyword: null,
  }
  const terms = { check, policy, options, life }
  try {
    const end = await Promise.race([walkHops(walk, terms), life.cutoff])
    if (end === 'ABORTED') return { kind: 'aborted' }
    if (end === 'TIMED_OUT') {
      const fault = judgeTimeout(check, walk.hops.at(-1), (await walk.keyword?.end(false)) ?? 'MISSING')
      return measured(walk, copyOf(walk.hops), fault, null)
    }
    return end.kind === 'refused' ? end : measured(walk, walk.hops, end.fault, end.latencyUs)
  } finally {
    life.end()
  }
}

/** What comes too late would still be noted in them. */
function copyOf(hops: readonly Hop[]): Hop[] {
  return hops.map((hop) => ({ ...hop, attempts: hop.attempts.map((attempt) => ({ ...attempt })) }))
}

interface Walk extends CheckStart {
  asked: HopRequest[]
  hops: Hop[]
  cookies: CookieJar
  /** Of the last answer, where the check asks for one. */
  keyword: KeywordReader | null
}

interface Judged {
  kind: 'judged'
  fault: Failed | null
  latencyUs: number | null
}

async function walkHops(walk: Walk, terms: CheckTerms): Promise<Judged | Refused> {
  let end = await walkHop(walk, terms)
  while (end === 'FOLLOW') end = await walkHop(walk, terms)
  return end
}

/** Asks the last of `walk.asked`; if that redirects, adds the next. */
async function walkHop(walk: Walk, terms: CheckTerms): Promise<Judged | Refused | 'FOLLOW'> {
  const { check, options } = terms
  const request = walk.asked.at(-1)
  if (request === undefined) throw new Error('a walk begins with a request')
  const hop = { ...startFigures(), url: request.url.href }
  walk.hops.push(hop)
  const opened = await openHop(request.url, hop, terms)
  if (opened.kind === 'failed') return bad(opened)
  if (opened.kind === 'refused') {
    // A hop that this agent does not take is none: the figures stay those of the answer that asked for it.
    walk.hops.pop()
    return walk.hops.length === 0 ? opened : bad(failed('REDIRECT', 'FORBIDDEN_TARGET'))
  }
  const asked = { ...request, headerLines: headerLines(request, options.userAgent), body: bodyOf(request) }
  const host = hostOf(request.url)
  const answer = await exchange(opened.socket, asked, hop, {
    onBytes: () => options.signs?.received?.(host, hop.remoteAddress ?? ''),
    onHead(httpStatus, answered) {
      if (check.redirects > 0 && isRedirect(httpStatus, answered.location ?? null)) return false
      if (check.keyword !== null) {
        walk.keyword = readKeyword(check.keyword, answered)
        terms.life.hold(walk.keyword)
      }
      return true
    },
    onPiece: (piece) => walk.keyword?.add(piece),
    bodyMaxBytes: BODY_READ_MAX_BYTES,
  })
  if (answer.kind === 'failed') return bad(answer)
  const { httpStatus, headers, body } = answer
  if (body.kind === 'LEFT') {
    walk.cookies.take(request.url, headers['set-cookie'] ?? [])
    const seen = { httpStatus, location: headers.location ?? '' }
    const next = followRedirect(walk.asked, seen, walk.cookies, check.redirects)
    if (next.kind === 'failed') return bad(next)
    walk.asked.push(next.request)
    return 'FOLLOW'
  }
  const latencyUs = body.kind === 'CUT' ? null : elapsedUs(walk.startedAt)
  const keyword = (await walk.keyword?.end(body.kind === 'COMPLETE')) ?? 'MISSING'
  const seen = { httpStatus, latencyUs, keyword }
  const fault = judgeResponse(check, { ...seen, body: body.kind === 'CUT' ? body : { kind: 'READ' } })
  return { kind: 'judged', fault, latencyUs }
}

function bad(fault: Failed): Judged {
  return { kind: 'judged', fault, latencyUs: null }
}
