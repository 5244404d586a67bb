import { getOperationAST, type GraphQLSchema, OperationTypeNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { rateFault } from '../graph/fault.js'
import { CHANNEL_DOCUMENT_MAX_CHARACTERS, REQUEST_COST } from '../limits.js'
import { addressKey, type RateName, type Rates } from '../rates.js'
import { authenticate } from '../access/authenticate.js'
import type { BearerParts } from '../access/bearer.js'
import type { Parts } from '../parts.js'
import { isChannelOnly } from './compile-channel.js'
import type { Caller, TransportContext } from './caller.js'
import { createScale, type Sent } from './weigh-documents.js'

/** Charges documents before they run. Validators' are counted elsewhere, by signer, so that nobody can block them. */
export function createBilling(parts: BearerParts & Pick<Parts, 'settings'>, schema: GraphQLSchema) {
  const { rates } = parts
  const weigh = createScale(schema, parts.settings.documentLimits.cost)
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
    /** @throws LIMIT_EXCEEDED beyond what any document may cost; RATE_LIMITED beyond what the caller has left. */
    async charge(caller: Caller, sent: Sent): Promise<void> {
      const { document, identity } = caller
      if (!document) throw new Error('a document is run that was never read')
      const { price, excess } = weigh(document, sent)
      if (excess) {
        chargeFault(rates, caller)
        throw excess
      }
      const isChannel = isChannelOnly(document)
      const payer = isChannel ? null : payerOf(caller)
      const wait =
        payer === null ? null : await rates.take(payer.name, payer.key, REQUEST_COST + price + caller.checkingCost)
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
