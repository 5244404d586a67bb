import { checkFault } from '../../protocol/check-fault.js'
import { canonicalUrl } from '../../protocol/text-forms.js'
import type { TargetPolicy } from '../target/target-policy.js'
import { checkHttp } from './check-http.js'
import { refused } from './check-outcome.js'
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
  const href = canonicalUrl(target.url)
  const url = href === null ? null : new URL(href)
  const runner = url === null ? undefined : CHECK_KINDS[url.protocol]
  if (url === null || runner === undefined) {
    return refused(
      'UNSUPPORTED_URL',
      'This agent checks http: and https: URLs without user name, password and fragment.',
    )
  }
  // The hub refuses such settings; one that sends them would have requests sent that nobody could agree upon.
  const fault = checkFault(target.check)
  if (fault !== null) return refused('INVALID_CHECK', fault)
  // A check that had no time to begin says nothing about the website.
  if (target.timeoutMs < 1) return refused('NO_TIME', 'No time is left for this check before its deadline.')
  return runner(url, target, policy, options)
}
