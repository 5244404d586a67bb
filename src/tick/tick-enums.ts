import type { Builder, EnumRef } from '../graph/builder.js'
import type { FailureClass, WebsiteStatus } from '../protocol/tick.js'

export interface TickEnums {
  websiteStatus: EnumRef<WebsiteStatus>
  failureClass: EnumRef<FailureClass>
}

export function addTickEnums(builder: Builder): TickEnums {
  const websiteStatus = builder.enumType('WebsiteStatus', {
    description: 'Whether a website passes its check.',
    values: {
      Good: { description: 'It passed its check.' },
      Bad: { description: 'It failed its check.' },
    } satisfies Record<WebsiteStatus, object>,
  })
  const failureClass = builder.enumType('FailureClass', {
    description: 'Why a check ended Bad. The first failure in the order of the exchange counts.',
    values: {
      DNS: { description: 'The name was not resolved.' },
      CONNECT: { description: 'Refused, reset or unreachable before an answer.' },
      TLS: { description: 'The handshake failed, or the certificate is invalid or expires too soon.' },
      TIMEOUT: { description: 'The time for the whole check ran out.' },
      PROTOCOL: { description: 'The answer is not HTTP or was cut off.' },
      REDIRECT: { description: 'Too many redirects, a loop or a forbidden one.' },
      STATUS: { description: 'The HTTP status is none of those that the check accepts.' },
      ASSERTION: { description: 'The keyword or the limit on latency was not met.' },
    } satisfies Record<FailureClass, object>,
  })
  return { websiteStatus, failureClass }
}
