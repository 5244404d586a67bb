import { batchStatement } from '../../protocol/batch-statement.js'
import { signStatement } from '../../protocol/sign-statement.js'
import type { KeyPair } from '../../protocol/sign-statement.js'
import { treeHash } from '../../protocol/tree-hash.js'
import type { SubmitTicksInput } from '../client/graphql.js'
import type { Answer } from './make-answer.js'

/** One signature over many answers (PROTOCOL §2.4). */
export function signBatch(hub: string, keys: KeyPair, answers: readonly Answer[]): SubmitTicksInput {
  const root = treeHash(answers.map(({ leaf }) => leaf)).toString('hex')
  const statement = batchStatement({ hub, validator: keys.publicKey, count: answers.length, root })
  return {
    publicKey: keys.publicKey,
    hub,
    ticks: answers.map(({ tick }) => tick),
    signature: signStatement(keys, statement),
  }
}
