import { addResult } from '../graph/add-result.js'
import { ownerIn } from '../graph/actor.js'
import type { Builder } from '../graph/builder.js'
import { addBulkMutations } from './bulk-graph.js'
import type { CheckInputRef } from './check-type.js'
import { createWebsite, type CreateWebsiteResult } from './create-website.js'
import { deleteWebsite, type DeleteWebsiteResult } from './delete-website.js'
import { updateWebsite, type UpdateWebsiteResult } from './update-website.js'
import { DEFAULT_VERDICT_SETTINGS } from './verdict-settings.js'
import type { WebsiteSettingsRefusal } from './website-settings.js'
import type { WebsiteRef } from './website-type.js'
import { withoutNull } from './without-null.js'

interface Refs {
  website: WebsiteRef
  checkInput: CheckInputRef
}

const INVALID_SETTINGS: Record<WebsiteSettingsRefusal, string> = {
  INVALID_NAME: 'The name is blank, longer than 200 characters or not one line.',
  INVALID_TAGS: 'There are more than 20 tags, or one is blank, longer than 50 characters or not one line.',
  INVALID_EVERY_ROUNDS: '`everyRounds` is not from 1 to 1440.',
  INVALID_MINIMUM_VOTES: '`minimumVotes` is not from 1 to 1000.',
  INVALID_BAD_TO_OPEN: '`badToOpen` is not from 1 to 20.',
  INVALID_GOOD_TO_CLOSE: '`goodToClose` is not from 1 to 20.',
  INVALID_CHECK: 'A setting of the check is wrong; `field` names it.',
}
const DENIED_HOST = "The host is on the operator's deny-list; the message gives the reason."
const NOT_FOUND = 'The caller has no such website.'

const NAME = 'Display name: one line of 1 to 200 characters.'
const TAGS = 'At most 20 tags of 1 to 50 characters, kept trimmed, in lower case and each once.'
const ENABLED = 'Whether it is checked.'
const EVERY_ROUNDS = 'Checked in every n-th round only; 1 to 1440.'
const MINIMUM_VOTES =
  'Fewest networks that must agree before a verdict is Good or Bad; a majority is needed in any case. 1 to 1000.'
const BAD_TO_OPEN = 'Consecutive Bad verdicts that open an incident; 1 to 20.'
const GOOD_TO_CLOSE = 'Consecutive Good verdicts that end an incident; 1 to 20.'

export function addWebsiteMutations(builder: Builder, refs: Refs): void {
  const create = addCreateWebsite(builder, refs)
  const update = addUpdateWebsite(builder, refs)
  const remove = addDeleteWebsite(builder, refs.website)
  addBulkMutations(builder, { create, update, remove })
}

function addCreateWebsite(builder: Builder, { website, checkInput }: Refs) {
  const result = addResult<CreateWebsiteResult>(
    builder,
    'CreateWebsite',
    {
      description: 'The website is checked from the next round on.',
      fields: (t) => ({ website: t.expose('website', { type: website, description: 'The new website.' }) }),
    },
    {
      ...INVALID_SETTINGS,
      INVALID_URL: 'The URL is not http or https, too long, or has a user name, password or fragment.',
      FORBIDDEN_TARGET: 'The URL leads to a private network, or to a port that is not allowed.',
      DENIED_HOST,
    },
  )
  const input = builder.inputType('CreateWebsiteInput', {
    description: 'A website to watch.',
    fields: (t) => ({
      name: t.string({ description: NAME }),
      url: t.string({ description: 'The URL to request. It never changes: another URL is another website.' }),
      tags: t.stringList({ required: false, description: TAGS }),
      enabled: t.boolean({ defaultValue: true, description: ENABLED }),
      everyRounds: t.int({ defaultValue: 1, description: EVERY_ROUNDS }),
      minimumVotes: t.int({ defaultValue: DEFAULT_VERDICT_SETTINGS.minimumVotes, description: MINIMUM_VOTES }),
      badToOpen: t.int({ defaultValue: DEFAULT_VERDICT_SETTINGS.badToOpen, description: BAD_TO_OPEN }),
      goodToClose: t.int({ defaultValue: DEFAULT_VERDICT_SETTINGS.goodToClose, description: GOOD_TO_CLOSE }),
      check: t.field({
        type: checkInput,
        required: false,
        description: 'Check settings that differ from the defaults.',
      }),
    }),
  })
  builder.mutationField('createWebsite', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Adds a website to watch.',
      args: { input: t.arg({ type: input, description: 'The website.' }) },
      resolve: (_root, args, context) => createWebsite(context, ownerIn(context), args.input),
    }),
  )
  return { input, result }
}

function addUpdateWebsite(builder: Builder, { website, checkInput }: Refs) {
  const result = addResult<UpdateWebsiteResult>(
    builder,
    'UpdateWebsite',
    {
      description: 'The website has the new settings.',
      fields: (t) => ({ website: t.expose('website', { type: website, description: 'The website as it is now.' }) }),
    },
    { NOT_FOUND, DENIED_HOST, ...INVALID_SETTINGS },
  )
  const input = builder.inputType('UpdateWebsiteInput', {
    description: 'Changes to a website. Fields left out or null stay the same.',
    fields: (t) => ({
      id: t.id({ description: 'ID of the website.' }),
      name: t.string({ required: false, description: NAME }),
      tags: t.stringList({ required: false, description: `Tags that replace the present ones. ${TAGS}` }),
      enabled: t.boolean({ required: false, description: ENABLED }),
      everyRounds: t.int({ required: false, description: EVERY_ROUNDS }),
      minimumVotes: t.int({ required: false, description: MINIMUM_VOTES }),
      badToOpen: t.int({ required: false, description: BAD_TO_OPEN }),
      goodToClose: t.int({ required: false, description: GOOD_TO_CLOSE }),
      check: t.field({
        type: checkInput,
        required: false,
        description: 'New check settings, as a new revision; those left out stay the same.',
      }),
    }),
  })
  builder.mutationField('updateWebsite', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Changes a website; its URL cannot be changed.',
      args: { input: t.arg({ type: input, description: 'The changes.' }) },
      resolve: (_root, { input: { id, ...given } }, context) =>
        updateWebsite(context, ownerIn(context), { id, changes: withoutNull(given) }),
    }),
  )
  return result
}

function addDeleteWebsite(builder: Builder, website: WebsiteRef) {
  const result = addResult<DeleteWebsiteResult>(
    builder,
    'DeleteWebsite',
    {
      description: 'The website is no longer watched.',
      fields: (t) => ({ website: t.expose('website', { type: website, description: 'The website as it last was.' }) }),
    },
    { NOT_FOUND },
  )
  builder.mutationField('deleteWebsite', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Stops watching a website for good and hides it.',
      args: { id: t.arg.id({ description: 'ID of the website.' }) },
      resolve: (_root, { id }, context) => deleteWebsite(context, ownerIn(context), { id }),
    }),
  )
  return result
}
