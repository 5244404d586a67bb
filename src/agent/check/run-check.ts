import { checkFault } from '../../protocol/check-fault.js'
import { readTarget } from '../../protocol/target-gate.js'
import type { TargetPolicy } from './target-policy.js'
import { checkHttp } from './check-http.js'
import { refused, refusedTarget } from './check-outcome.js'
import type { CheckOptions, CheckOutcome, CheckRunner, CheckTarget } from './check-outcome.js'

/** The kinds of check there are, by the scheme of the URL. A new kind is a file and a row. */
const CHECK_KINDS: Readonly<Record<string, CheckRunner>> = {
  'http:': checkHttp,
  'https:': checkHttp,
}

/**
 * Checks `target` once, within its time and some milliseconds. Hostile servers, bad settings and forbidden targets are outcomes; it
 * rejects only on a fault of ours.
 */
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
  // The hub refuses such settings; one that sends them would have requests sent that nobody could agree upon.
  const fault = checkFault(target.check)
  if (fault !== null) return refused('INVALID_CHECK', fault)
  // A check that had no time to begin says nothing about the website.
  if (target.timeoutMs < 1) return refused('NO_TIME', 'No time is left for this check before its deadline.')
  return runner(url, target, policy, options)
}
