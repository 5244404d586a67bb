import { refuse, type Refusal } from '../graph/problem.js'
import { URL_LENGTH_MAX } from '../protocol/limits.js'
import { canonicalUrl } from '../protocol/text-forms.js'
import { targetFault } from '../website/target-fault.js'

export type WebhookUrlRefusal = 'INVALID_URL' | 'FORBIDDEN_TARGET'

/** A URL in its usual form, or why no webhook may have it. It goes through the same guard as a website's. */
export function readWebhookUrl(text: string, allowPrivateTargets: boolean): string | Refusal<WebhookUrlRefusal> {
  const url = canonicalUrl(text)
  if (url === null) {
    return refuse(
      'INVALID_URL',
      `url must be an http or https URL of at most ${URL_LENGTH_MAX} characters, without user name, password and fragment.`,
    )
  }
  if (allowPrivateTargets || targetFault(url) === null) return url
  return refuse(
    'FORBIDDEN_TARGET',
    `${new URL(url).hostname} is not public, and webhooks are sent to public addresses only. On a network of your own, the hub takes it with OVERLAPS_ALLOW_PRIVATE_TARGETS=1.`,
  )
}
