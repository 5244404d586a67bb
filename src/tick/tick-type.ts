import { perOperation } from '../graph/batch.js'
import type { Builder, ObjectRef } from '../graph/builder.js'
import type { WebsiteRefs } from '../website/website-type.js'
import type { ValidatorRefs } from '../validator/validator-type.js'
import { type CheckHashKey, findCheckHashes } from './find-check-hashes.js'
import type { StoredTick } from './find-tick.js'
import type { ProofRef } from './proof-type.js'
import { proveTicks } from './prove-tick.js'
import type { TickEnums } from './tick-enums.js'

export type TickRef = ObjectRef<StoredTick>

type Refs = TickEnums &
  Pick<ValidatorRefs, 'validator' | 'validatorByNo'> &
  Pick<WebsiteRefs, 'website' | 'websiteByNo'> & { proof: ProofRef }

/** What a page of ticks needs beside their rows is read once for all. */
export function addTickType(builder: Builder, refs: Refs): TickRef {
  const { validator, validatorByNo, proof, websiteStatus, failureClass } = refs
  const { hashesOf, proofsOf } = createReaders()
  const tick = builder.objectRef<StoredTick>('WebsiteTick').implement({
    description:
      "One validator's signed answer about one website in one round. Durations are whole microseconds; unmeasured values are null.",
    fields: (t) => ({
      id: t.id({
        description: 'Opaque; never changes.',
        resolve: async ({ websiteId, roundAt, validatorNo }, _args, context) =>
          `${websiteId}/${roundAt.toISOString()}/${(await validatorByNo(context, validatorNo)).id}`,
      }),
      websiteId: t.exposeID('websiteId', { description: 'ID of the website that was checked.' }),
      validator: t.field({
        type: validator,
        description: 'The validator that checked and signed.',
        resolve: ({ validatorNo }, _args, context) => validatorByNo(context, validatorNo),
      }),
      roundAt: t.expose('roundAt', { type: 'DateTime', description: 'The instant of the round that it answers.' }),
      checkedAt: t.expose('checkedAt', {
        type: 'DateTime',
        description: "When the check began, by the validator's clock.",
      }),
      status: t.expose('status', { type: websiteStatus, description: 'The result of the check.' }),
      failure: t.expose('failure', {
        type: failureClass,
        nullable: true,
        description: 'Why it is Bad; null when it is Good.',
      }),
      detail: t.exposeString('detail', {
        nullable: true,
        description: 'A finer code that goes with the failure, such as ECONNREFUSED or CERT_HAS_EXPIRED.',
      }),
      httpStatus: t.exposeInt('httpStatus', { nullable: true, description: 'The HTTP status of the last answer.' }),
      remoteAddress: t.exposeString('remoteAddress', {
        nullable: true,
        description: 'Address of the last connected socket.',
      }),
      latencyUs: t.exposeInt('latencyUs', {
        nullable: true,
        description: 'Microseconds of the whole check, with all redirects and the body up to its cap.',
      }),
      dnsUs: t.exposeInt('dnsUs', { nullable: true, description: 'Microseconds to resolve the name, last hop.' }),
      connectUs: t.exposeInt('connectUs', { nullable: true, description: 'Microseconds to connect, last hop.' }),
      tlsUs: t.exposeInt('tlsUs', { nullable: true, description: 'Microseconds of the TLS handshake, last hop.' }),
      firstByteUs: t.exposeInt('firstByteUs', {
        nullable: true,
        description: 'Microseconds from sending the request to the first byte of the answer, last hop.',
      }),
      certificateExpiresAt: t.expose('certificateExpiresAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the first certificate of the verified path expires.',
      }),
      checkHash: t.field({
        type: 'Hash',
        description: 'Hash of the check settings (PROTOCOL §2.2) that the website was judged by.',
        resolve: ({ websiteId, checkRevision, roundAt }, _args, context) =>
          hashesOf(context, { websiteId, revision: checkRevision, roundAt }),
      }),
      proof: t.field({
        type: proof,
        description: 'Everything needed to verify this tick without the hub.',
        resolve: (tick, _args, context) => proofsOf(context, tick),
      }),
    }),
  })
  addWebsite(builder, tick, refs)
  return tick
}

function addWebsite(builder: Builder, tick: TickRef, { website, websiteByNo }: Refs): void {
  builder.objectField(tick, 'website', (t) =>
    t.field({
      type: website,
      nullable: true,
      description: 'The website that was checked, as it is now. Null to anyone but its owner.',
      // Ticks go to the validator that has sent them too, and most of a website is for its owner alone.
      resolve: async ({ websiteNo }, _args, context) => {
        const { identity } = context
        if (identity.kind !== 'owner') return null
        const found = await websiteByNo(context, websiteNo)
        return found.userId === identity.userId ? found : null
      },
    }),
  )
}

function createReaders() {
  return {
    hashesOf: perOperation(({ store }, keys: readonly CheckHashKey[]) => findCheckHashes(store, keys)),
    proofsOf: perOperation((context, ticks: readonly StoredTick[]) => proveTicks(context, ticks)),
  }
}
