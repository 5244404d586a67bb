import { refuse, type Refusal } from '../graph/problem.js'
import { readTarget, type TargetTerms } from '../protocol/target-gate.js'

export type TargetUrlRefusal = 'INVALID_URL' | 'FORBIDDEN_TARGET'

/** A URL in its usual form, or why neither validators nor webhooks are sent there. */
export function readTargetUrl(text: string, terms: TargetTerms): string | Refusal<TargetUrlRefusal> {
  const target = readTarget(text, terms)
  if (target instanceof URL) return target.href
  return refuse(target.kind === 'MALFORMED' ? 'INVALID_URL' : 'FORBIDDEN_TARGET', target.message)
}
