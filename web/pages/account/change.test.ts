import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import schema from '../../../schema.graphql?raw'
import { LANGUAGES } from '../../texts/languages'
import { actionName, subjectAddress } from './change'

/** Of what the operator or the hub does to an owner. */
const DONE_TO_OWNERS = ['createFirstOwner', 'createOwner', 'createLogInLink', 'revokeOwnerTokens', 'endOwnership']

describe('the words of the change log', () => {
  const mutations = Object.values(buildSchema(schema).getMutationType()?.getFields() ?? {})
  const ownersActions = mutations.filter(({ description }) => description?.endsWith('For owners.'))

  it.each(Object.values(LANGUAGES))('of $name are there for every action of and to an owner', ({ texts }) => {
    const { actions } = texts.account.changes
    const names = [...ownersActions.map(({ name }) => name), ...DONE_TO_OWNERS, 'register', 'logIn', 'redeemLogInCode']
    expect(names.length).toBeGreaterThan(25)
    expect(names.filter((action) => actionName(action, actions) === null)).toEqual([])
  })

  it('are none for what is not known, such as a name of every object', () => {
    const { actions } = LANGUAGES.en.texts.account.changes
    expect(['launchRocket', 'constructor'].map((action) => actionName(action, actions))).toEqual([null, null])
  })
})

describe('what was changed', () => {
  it.each([
    ['updateWebsite', 'Website', 'a/b', '/websites/a%2Fb'],
    ['rotateWebhookSecret', 'Webhook', 'c', '/notifications/c'],
    ['deleteWebsite', 'Website', 'a', null],
    ['deleteChannel', 'Webhook', 'c', null],
    ['createApiToken', 'ApiToken', 't', null],
    ['updateWebsites', 'Website', null, null],
  ])('of %s on %s %s is at %s', (action, subjectKind, subjectId, address) => {
    expect(subjectAddress({ action, subjectKind, subjectId })).toBe(address)
  })
})
