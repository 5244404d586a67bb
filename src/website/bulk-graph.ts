import type { InputRef, OutputRef } from '@pothos/core'
import { ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder, Types } from '../graph/builder.js'
import { WEBSITES_NAMED_MAX } from '../limits.js'
import { createWebsite, type CreateWebsiteResult, type NewWebsite } from './create-website.js'
import { deleteWebsite, type DeleteWebsiteResult } from './delete-website.js'
import { type BulkResult, oneByOne } from './one-by-one.js'
import type { UpdateWebsiteResult } from './update-website.js'
import { updateWebsites, type UpdateWebsitesResult } from './update-websites.js'
import { withoutNull } from './without-null.js'
import { atMost } from '../graph/items-max.js'

interface Refs {
  create: { input: InputRef<NewWebsite>; result: OutputRef<CreateWebsiteResult> }
  update: OutputRef<UpdateWebsiteResult>
  remove: OutputRef<DeleteWebsiteResult>
}

const WRONG_NUMBER = `The list is empty or has more than ${WEBSITES_NAMED_MAX}.`
const IDS = `IDs of the websites, 1 to ${WEBSITES_NAMED_MAX}.`

export function addBulkMutations(builder: Builder, { create, update, remove }: Refs): void {
  addCreateWebsites(builder, create)
  addUpdateWebsites(builder, update)
  addDeleteWebsites(builder, remove)
}

function addCreateWebsites(builder: Builder, { input, result: resultOfOne }: Refs['create']): void {
  const result = addResult<BulkResult<CreateWebsiteResult>>(
    builder,
    'CreateWebsites',
    successOf('created', resultOfOne),
    { WRONG_NUMBER },
  )
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
      description: 'Adds many websites to watch. A refused one does not affect the others.',
      args: { input: t.arg({ type: inputOfMany, description: 'The websites.' }) },
      resolve: (_root, { input: { websites } }, context) => {
        const actor = ownerIn(context)
        return oneByOne('websites', websites, (website) => createWebsite(context, actor, website, 'createWebsites'))
      },
    }),
  )
}

function addUpdateWebsites(builder: Builder, resultOfOne: Refs['update']): void {
  const result = addResult<UpdateWebsitesResult>(builder, 'UpdateWebsites', successOf('updated', resultOfOne), {
    WRONG_NUMBER,
    INVALID_TAGS: 'A tag in `addTags` is blank, longer than 50 characters or not one line, or there are more than 20.',
  })
  const input = builder.inputType('UpdateWebsitesInput', {
    description: 'Changes to many websites. Fields left out or null stay the same.',
    fields: (t) => ({
      ids: t.idList({ description: IDS }),
      enabled: t.boolean({ required: false, description: 'Whether they are checked.' }),
      addTags: t.stringList({ required: false, description: 'Tags to add, at most 20.' }),
      removeTags: t.stringList({ required: false, description: 'Tags to remove where present.' }),
    }),
  })
  builder.mutationField('updateWebsites', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Makes the same changes to many websites. A refused one does not affect the others.',
      args: { input: t.arg({ type: input, description: 'The changes.' }) },
      resolve: (_root, { input: { ids, ...given } }, context) =>
        updateWebsites(context, ownerIn(context), { ids, ...withoutNull(given) }),
    }),
  )
}

function addDeleteWebsites(builder: Builder, resultOfOne: Refs['remove']): void {
  const result = addResult<BulkResult<DeleteWebsiteResult>>(
    builder,
    'DeleteWebsites',
    successOf('deleted', resultOfOne),
    { WRONG_NUMBER },
  )
  const input = builder.inputType('DeleteWebsitesInput', {
    description: 'Websites to delete.',
    fields: (t) => ({ ids: t.idList({ description: IDS }) }),
  })
  builder.mutationField('deleteWebsites', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Deletes many websites. A refused one does not affect the others.',
      args: { input: t.arg({ type: input, description: 'The websites.' }) },
      resolve: (_root, { input: { ids } }, context) => {
        const actor = ownerIn(context)
        return oneByOne('ids', ids, (id) => deleteWebsite(context, actor, { id }, 'deleteWebsites'))
      },
    }),
  )
}

type Done<Result> = Extract<BulkResult<Result>, { kind: 'done' }>

/** The result for each website, and how many were not refused, as `<done>Count`. */
function successOf<Result extends { kind: string }>(done: string, resultOfOne: OutputRef<Result>) {
  return {
    description: `Each website was ${done} or refused.`,
    fields: (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Done<Result>>) => ({
      results: t.field({
        type: [resultOfOne],
        description: 'The result for each, in the order of the input.',
        extensions: atMost(WEBSITES_NAMED_MAX),
        resolve: ({ results }) => results as never,
      }),
      [`${done}Count`]: t.int({
        description: `How many were ${done}.`,
        resolve: ({ results }) => results.filter(({ kind }) => kind !== 'refused').length,
      }),
    }),
  }
}
