import type { InputRef, OutputRef } from '@pothos/core'
import { ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { WEBSITES_NAMED_MAX } from '../limits.js'
import { createWebsite, type CreateWebsiteResult, type NewWebsite } from './create-website.js'
import type { DeleteWebsiteResult } from './delete-website.js'
import { type BulkResult, oneByOne } from './one-by-one.js'
import type { UpdateWebsiteResult } from './update-website.js'

/** What is done to one website. */
interface Refs {
  create: { input: InputRef<NewWebsite>; result: OutputRef<CreateWebsiteResult> }
  update: OutputRef<UpdateWebsiteResult>
  remove: OutputRef<DeleteWebsiteResult>
}

/** What owners do to many websites in one call, each judged alone. */
export function addBulkMutations(builder: Builder, { create }: Refs): void {
  addCreateWebsites(builder, create)
}

function addCreateWebsites(builder: Builder, { input, result: resultOfOne }: Refs['create']): void {
  const result = addBulkResult(builder, 'CreateWebsites', 'created', resultOfOne)
  const inputOfMany = builder.inputType('CreateWebsitesInput', {
    description: 'Websites to watch.',
    fields: (t) => ({
      websites: t.field({ type: [input], description: `The websites, 1 to ${WEBSITES_NAMED_MAX}.` }),
    }),
  })
  builder.mutationField('createWebsites', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Adds many websites to watch. One that is refused does not keep the others back.',
      args: { input: t.arg({ type: inputOfMany, description: 'The websites.' }) },
      resolve: (_root, { input: { websites } }, context) => {
        const actor = ownerIn(context)
        return oneByOne('websites', websites, (website) => createWebsite(context, actor, website, 'createWebsites'))
      },
    }),
  )
}

/** Adds `<name>Result` with the result of each website and how many were not refused, as `<done>Count`. */
function addBulkResult<Result extends { kind: string }>(
  builder: Builder,
  name: string,
  done: string,
  resultOfOne: OutputRef<Result>,
) {
  return addResult<BulkResult<Result>>(
    builder,
    name,
    {
      description: `Each website was ${done} or refused.`,
      fields: (t) => ({
        results: t.field({
          type: [resultOfOne],
          description: 'The result for each, in the order of the input.',
          resolve: ({ results }) => results as never,
        }),
        [`${done}Count`]: t.int({
          description: `How many were ${done}.`,
          resolve: ({ results }) => results.filter(({ kind }) => kind !== 'refused').length,
        }),
      }),
    },
    { WRONG_NUMBER: `The input names no website, or more than ${WEBSITES_NAMED_MAX}.` },
  )
}
