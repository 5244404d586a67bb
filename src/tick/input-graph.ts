import type { Builder } from '../graph/builder.js'
import type { TickEnums } from './tick-enums.js'

const SIGNER = {
  publicKey: 'The key that signs.',
  hub: 'The origin that the validator was told to dial, as in the statement.',
}

export function addSubmitInputs(builder: Builder, enums: TickEnums) {
  const tick = addTickInput(builder, enums)
  const submitTickInput = builder.inputType('SubmitTickInput', {
    description: 'A tick statement (PROTOCOL §2.3) by its fields, with its signature.',
    fields: (t) => ({
      publicKey: t.field({ type: 'PublicKey', description: SIGNER.publicKey }),
      hub: t.string({ description: SIGNER.hub }),
      tick: t.field({ type: tick, description: 'The answer.' }),
      signature: t.field({ type: 'Signature', description: 'Over the tick statement.' }),
    }),
  })
  const submitTicksInput = builder.inputType('SubmitTicksInput', {
    description: 'A batch statement (PROTOCOL §2.4) by its fields, with its signature.',
    fields: (t) => ({
      publicKey: t.field({ type: 'PublicKey', description: SIGNER.publicKey }),
      hub: t.string({ description: SIGNER.hub }),
      ticks: t.field({ type: [tick], description: '1 to 500 answers, in the order of the tree.' }),
      signature: t.field({ type: 'Signature', description: 'Over the batch statement.' }),
    }),
  })
  return { submitTickInput, submitTicksInput }
}

function addTickInput(builder: Builder, { websiteStatus, failureClass }: TickEnums) {
  return builder.inputType('TickInput', {
    description: "What a check found. Leave out what was not measured: the statement's `-`.",
    fields: (t) => {
      const optional = (description: string) => ({ required: false, description }) as const
      return {
        leaf: t.field({
          type: 'Hash',
          ...optional("The statement's leaf hash. Required in submitTicks, not used in submitTick."),
        }),
        callbackId: t.id({ description: "The task's, byte for byte." }),
        checkedAt: t.field({ type: 'DateTime', description: "When the check began, by the validator's clock." }),
        checkHash: t.field({ type: 'Hash', description: "Hash of the check statement made from the task's settings." }),
        status: t.field({ type: websiteStatus, description: 'Good has no failure and a latency; Bad has a failure.' }),
        failure: t.field({ type: failureClass, ...optional('What went wrong first, in the order of the exchange.') }),
        detail: t.string(optional('A code of A-Z, 0-9 and _, at most 40: ECONNREFUSED.')),
        httpStatus: t.int(optional('Status of the answer, 100 to 999.')),
        remoteAddress: t.string(optional('Address of the last connected socket.')),
        latencyUs: t.int(optional('Microseconds of the whole check.')),
        dnsUs: t.int(optional('Microseconds of the name look-up in the last hop, like the next three.')),
        connectUs: t.int(optional('Microseconds of the TCP handshake.')),
        tlsUs: t.int(optional('Microseconds of the TLS handshake.')),
        firstByteUs: t.int(optional('Microseconds from sending the request to the first byte of the answer.')),
        certificateExpiresAt: t.field({
          type: 'DateTime',
          ...optional('When the presented certificate expires.'),
        }),
      }
    },
  })
}
