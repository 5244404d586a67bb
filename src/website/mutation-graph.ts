import type { Website } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import type { CheckInputRef } from './check-type.js'
import { createWebsite } from './create-website.js'
import { addCreateWebsites } from './create-websites-graph.js'
import { deleteWebsite } from './delete-website.js'
import { updateWebsite } from './update-website.js'
import { DEFAULT_VERDICT_SETTINGS } from './verdict-settings.js'
import type { WebsiteRef } from './website-type.js'

interface Refs {
  website: WebsiteRef
  checkInput: CheckInputRef
}

const INVALID_NAME = 'The name is blank, longer than 200 characters or not one line.'
const INVALID_EVERY_ROUNDS = '`everyRounds` is not from 1 to 1440.'
const VERDICT_SETTINGS = {
  INVALID_MINIMUM_VOTES: '`minimumVotes` is not from 1 to 1000.',
  INVALID_BAD_TO_OPEN: '`badToOpen` is not from 1 to 20.',
  INVALID_GOOD_TO_CLOSE: '`goodToClose` is not from 1 to 20.',
}
const MINIMUM_VOTES =
  'Networks that must agree before a verdict is Good or Bad, where more than half of them would be fewer; 1 to 1000.'
const BAD_TO_OPEN = 'Bad verdicts in a run that open an incident; 1 to 20.'
const GOOD_TO_CLOSE = 'Good verdicts in a run that end one; 1 to 20.'
const INVALID_CHECK = 'A setting of the check is wrong; the message names it.'
const DENIED_HOST = "The host is on the operator's deny-list; the message says why."
const NOT_FOUND = 'The caller has no such website.'

export function addWebsiteMutations(builder: Builder, refs: Refs): void {
  addCreateWebsite(builder, refs)
  addUpdateWebsite(builder, refs)
  addDeleteWebsite(builder, refs)
}

function addCreateWebsite(builder: Builder, { website, checkInput }: Refs): void {
  const result = addResultOf(
    builder,
    'CreateWebsite',
    addSuccess<'created'>(builder, 'CreateWebsiteSuccess', 'The website is watched from the next round on.', website),
    {
      INVALID_NAME,
      INVALID_URL: 'The URL is not http or https, too long, or has a user name, password or fragment.',
      FORBIDDEN_TARGET: 'The URL leads into a private network, or to a port that is not asked.',
      DENIED_HOST,
      INVALID_EVERY_ROUNDS,
      INVALID_CHECK,
      ...VERDICT_SETTINGS,
    },
  )
  const input = builder.inputType('CreateWebsiteInput', {
    description: 'A website to watch.',
    fields: (t) => ({
      name: t.string({ description: 'What its owner calls it: one line of 1 to 200 characters.' }),
      url: t.string({ description: 'What is asked for. It never changes: another URL is another website.' }),
      enabled: t.boolean({ defaultValue: true, description: 'Whether it is checked.' }),
      everyRounds: t.int({ defaultValue: 1, description: 'Checked in every n-th round only; 1 to 1440.' }),
      minimumVotes: t.int({ defaultValue: DEFAULT_VERDICT_SETTINGS.minimumVotes, description: MINIMUM_VOTES }),
      badToOpen: t.int({ defaultValue: DEFAULT_VERDICT_SETTINGS.badToOpen, description: BAD_TO_OPEN }),
      goodToClose: t.int({ defaultValue: DEFAULT_VERDICT_SETTINGS.goodToClose, description: GOOD_TO_CLOSE }),
      check: t.field({ type: checkInput, required: false, description: 'How it is checked, where not by default.' }),
    }),
  })
  builder.mutationField('createWebsite', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Adds a website to watch.',
      args: { input: t.arg({ type: input, description: 'The website.' }) },
      resolve: (_root, { input: { check, ...rest } }, context) =>
        createWebsite(context, { ...rest, userId: requireOwner(context), check: check ?? {} }),
    }),
  )
  addCreateWebsites(builder, { input, result })
}

function addUpdateWebsite(builder: Builder, { website, checkInput }: Refs): void {
  const result = addResultOf(
    builder,
    'UpdateWebsite',
    addSuccess<'updated'>(builder, 'UpdateWebsiteSuccess', 'The website is as it was asked to be.', website),
    { NOT_FOUND, DENIED_HOST, INVALID_NAME, INVALID_EVERY_ROUNDS, INVALID_CHECK, ...VERDICT_SETTINGS },
  )
  const input = builder.inputType('UpdateWebsiteInput', {
    description: 'What is to be different about a website. What is left out or null stays as it is.',
    fields: (t) => ({
      id: t.id({ description: 'Which website.' }),
      name: t.string({ required: false, description: 'What its owner calls it: one line of 1 to 200 characters.' }),
      enabled: t.boolean({ required: false, description: 'Whether it is checked.' }),
      everyRounds: t.int({ required: false, description: 'Checked in every n-th round only; 1 to 1440.' }),
      minimumVotes: t.int({ required: false, description: MINIMUM_VOTES }),
      badToOpen: t.int({ required: false, description: BAD_TO_OPEN }),
      goodToClose: t.int({ required: false, description: GOOD_TO_CLOSE }),
      check: t.field({
        type: checkInput,
        required: false,
        description: 'Settings that replace the present ones, as a new revision; those left out stay.',
      }),
    }),
  })
  builder.mutationField('updateWebsite', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Changes a website, all but its URL.',
      args: { input: t.arg({ type: input, description: 'The changes.' }) },
      resolve: (_root, { input: { id, ...given } }, context) =>
        updateWebsite(context, { userId: requireOwner(context), id, changes: withoutNull(given) }),
    }),
  )
}

function addDeleteWebsite(builder: Builder, { website }: Refs): void {
  const result = addResultOf(
    builder,
    'DeleteWebsite',
    addSuccess<'deleted'>(builder, 'DeleteWebsiteSuccess', 'The website is watched no more.', website),
    { NOT_FOUND },
  )
  builder.mutationField('deleteWebsite', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Stops watching a website for good and hides it.',
      args: { id: t.arg.id({ description: 'Which website.' }) },
      resolve: (_root, { id }, context) => deleteWebsite(context, { userId: requireOwner(context), id }),
    }),
  )
}

function addSuccess<Kind extends string>(builder: Builder, name: string, description: string, website: WebsiteRef) {
  return builder.objectRef<{ kind: Kind; website: Website }>(name).implement({
    description,
    fields: (t) => ({
      website: t.field({
        type: website,
        description: 'The website as it is now.',
        resolve: (outcome) => outcome.website,
      }),
    }),
  })
}

/** GraphQL says null where the verbs leave out. */
function withoutNull<Fields extends object>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>
  }
}
