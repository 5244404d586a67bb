import {
  type DocumentNode,
  getOperationAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { type DocumentCost, documentCost, schemaScale } from '../graph/document-cost.js'
import { limitFault } from '../graph/document-limits.js'
import { rateFault } from '../graph/fault.js'
import { CHANNEL_DOCUMENT_MAX_CHARACTERS, INTROSPECTED_MAX, INTROSPECTED_PER_COST, REQUEST_COST } from '../limits.js'
import { addressKey, type RateName, type Rates } from '../rates.js'
import { authenticate } from '../access/authenticate.js'
import type { BearerParts } from '../access/bearer.js'
import type { Parts } from '../parts.js'
import { isChannelOnly } from './compile-channel.js'
import type { Caller, TransportContext } from './caller.js'

type Weighed = Omit<DocumentCost, 'isFixed'>

/** What is sent along with a document. */
interface Sent {
  operationName?: string | null | undefined
  variables?: Readonly<Record<string, unknown>> | null | undefined
}

/**
 * Holds documents to the limit of cost and charges for them, once their variables are known and before they run.
 * Validators' are counted elsewhere, by signer, so nobody can block them.
 */
export function createBilling(parts: BearerParts & Pick<Parts, 'settings'>, schema: GraphQLSchema) {
  const { rates } = parts
  const costMax = parts.settings.documentLimits.cost
  const scale = schemaScale(schema)
  const costs = new WeakMap<OperationDefinitionNode, Weighed>()
  const weigh = (document: DocumentNode, { operationName, variables }: Sent): Weighed => {
    const operation = getOperationAST(document, operationName)
    // Nothing is run then.
    if (!operation) return { cost: 0, introspected: 0 }
    const known = costs.get(operation)
    if (known !== undefined) return known
    const { isFixed, ...weighed } = documentCost(scale, document, operation, variables ?? {})
    if (isFixed) costs.set(operation, weighed)
    return weighed
  }
  const plugin: Plugin<TransportContext, TransportContext> = {
    async onParams({ context }) {
      const { req } = context
      if (!req) throw new Error('a request has no request')
      const address = parts.addressOf(req)
      const identity = await authenticate(parts, req.headers.authorization ?? null, address)
      context.caller = await admit(rates, { identity, address, socket: null })
    },
    onParse({ context: { caller }, params: { source } }) {
      const text = typeof source === 'string' ? source : source.body
      if (caller && caller.overdrawnS !== null && !mayBeChannel(text)) throw rateFault(caller.overdrawnS)
      return ({ result }) => {
        if (!caller || !result) return
        if (!('kind' in result)) chargeFault(rates, caller)
        else if (caller.overdrawnS !== null && !isChannelOnly(result)) throw rateFault(caller.overdrawnS)
        else caller.document = result
      }
    },
    onValidate({ context: { caller } }) {
      return ({ valid }) => {
        if (caller && !valid) chargeFault(rates, caller)
      }
    },
  }
  return {
    plugin,
    /**
     * @throws LIMIT_EXCEEDED for a valid document that costs more than any may.
     * @throws RATE_LIMITED when it costs more than the caller has left.
     */
    async charge(caller: Caller, sent: Sent): Promise<void> {
      const { document, identity } = caller
      if (!document) throw new Error('a document is run that was never read')
      const { cost, introspected } = weigh(document, sent)
      const excess =
        cost > costMax
          ? limitFault('cost', costMax, cost)
          : introspected > INTROSPECTED_MAX
            ? limitFault('introspection', INTROSPECTED_MAX, introspected)
            : null
      if (excess) {
        chargeFault(rates, caller)
        throw excess
      }
      const price = REQUEST_COST + cost + Math.ceil(introspected / INTROSPECTED_PER_COST) + caller.checkingCost
      const isChannel = isChannelOnly(document)
      const payer = isChannel ? null : payerOf(caller)
      const wait = payer === null ? null : await rates.take(payer.name, payer.key, price)
      const isStream = isChannel && getOperationAST(document)?.operation === OperationTypeNode.SUBSCRIPTION
      const streams = isStream && identity.kind === 'validator'
      const streamWait = streams ? await rates.take('TASK_STREAMS_OF_KEY', identity.validatorId) : null
      // Asking for too much is not free either.
      if (wait !== null) chargeFault(rates, caller)
      const seconds = wait ?? streamWait
      if (seconds !== null) throw rateFault(seconds)
    },
  }
}

export async function admit(rates: Rates, who: Pick<Caller, 'identity' | 'address' | 'socket'>): Promise<Caller> {
  const payer = payerOf(who)
  const overdrawnS = payer === null ? null : await rates.look(payer.name, payer.key)
  return { ...who, overdrawnS, document: null, checkingCost: 0 }
}

/** Null for the operator, who is never charged. */
function payerOf({ identity, address }: Pick<Caller, 'identity' | 'address'>): { name: RateName; key: string } | null {
  switch (identity.kind) {
    case 'anonymous':
      return { name: 'ANONYMOUS_COST', key: addressKey(address) }
    case 'owner':
      return { name: 'ACCOUNT_COST', key: `owner ${identity.userId}` }
    case 'validator':
      return { name: 'ACCOUNT_COST', key: `validator ${identity.validatorId}` }
    case 'operator':
      return null
  }
}

/** Guessed without parsing, since parsing is what it protects. */
function mayBeChannel(text: string): boolean {
  return text.length <= CHANNEL_DOCUMENT_MAX_CHARACTERS && /\b(tasks|submitTicks?)\b/.test(text)
}

function chargeFault(rates: Rates, caller: Caller): void {
  const payer = payerOf(caller)
  if (payer !== null) void rates.charge(payer.name, payer.key, REQUEST_COST + caller.checkingCost)
}
