import { checkFault } from '../../protocol/check-fault.js'
import { readTarget } from '../../protocol/target-gate.js'
import type { TargetPolicy } from './target-policy.js'
import { checkHttp } from './check-http.js'
import { refused, refusedTarget } from './check-outcome.js'
import type { CheckOptions, CheckOutcome, CheckRunner, CheckTarget } from './check-outcome.js'

/** By the scheme of the URL. A new kind is a file and a row. */
const CHECK_KINDS: Readonly<Record<string, CheckRunner>> = {
  'http:': checkHttp,
  'https:': checkHttp,
}

/** Checks once, within the time. Hostile servers, bad settings and forbidden targets are outcomes; only faults of ours reject. */
export async function runCheck(
  target: CheckTarget,
  policy: TargetPolicy,
  options: CheckOptions,
): Promise<CheckOutcome> {
  if (options.signal?.aborted === true) return { kind: 'aborted' }
  const url = readTarget(target.url, policy)
  if (!(url instanceof URL)) return refusedTarget(url)
  const runner = CHECK_KINDS[url.protocol]
  if (runner === undefined) return refused('UNSUPPORTED_URL', 'This agent checks http: and https: URLs.')
  // The hub refuses such settings; nobody could agree on what they ask.
  const fault = checkFault(target.check)
  if (fault !== null) return refused('INVALID_CHECK', fault)
  // A check without time says nothing about the website.
  if (target.timeoutMs < 1) return refused('NO_TIME', 'No time is left for this check before its deadline.')
  return runner(url, target, policy, options)
}
