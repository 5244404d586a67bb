// By its file, as Pothos gets it in Node: vitest takes the bare name for another copy, and two do not mix.
import {
  getNamedType,
  type GraphQLError,
  graphql,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  subscribe,
} from 'graphql/index.js'
import { pino } from 'pino'
import { v7 as uuid } from 'uuid'
import { createBus } from '../../bus.js'
import type { OwnerActor } from '../../graph/actor.js'
import type { GraphContext } from '../../graph/context.js'
import type { Identity } from '../../graph/identity.js'
import { type IssuedToken, issueToken } from '../../owner/issue-token.js'
import type { Parts } from '../../parts.js'
import { ORDINARY_PORTS } from '../../protocol/target-ports.js'
import type { Settings } from '../../settings.js'
import { openHubKeys } from '../../store/hub-keys.js'
import type { Store } from '../../store/store.js'
import { cheapPasswords } from '../cheap-passwords.js'
import { createManualClock, type ManualClock } from '../manual-clock.js'
import { openTestStore } from '../test-store.js'
import type { TestTemplate } from '../test-template.js'
import { unlimitedRates } from '../unlimited-rates.js'

export type TestParts = Pick<Parts, 'store' | 'keys' | 'bus' | 'log' | 'settings' | 'passwords'> & {
  clock: ManualClock
}

/** What the rooms of owners and websites need of a hub, over a database of the test's own. */
export async function createTestParts(template: TestTemplate): Promise<TestParts> {
  const store = await openTestStore(template)
  return {
    store,
    keys: await openHubKeys(store),
    bus: createBus(),
    clock: createManualClock(),
    log: pino({ level: 'silent' }),
    passwords: cheapPasswords(),
    settings: {
      publicUrl: 'http://localhost:8081',
      registration: 'closed',
      allowPrivateTargets: false,
      targetPorts: ORDINARY_PORTS,
    } as Settings,
  }
}

/** An owner without a password. Returns his id. */
export async function addTestUser({ store }: Pick<Parts, 'store'>, email: string): Promise<string> {
  return (await store.prisma.user.create({ data: { email } })).id
}

/** An API token for an owner, without an entry in the log of changes. */
export async function addTestToken(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  userId: string,
  name = 'program',
): Promise<IssuedToken> {
  return issueToken(store.prisma, { userId, kind: 'API', name, now: clock.now() })
}

/** An owner who does something, as verbs take one. */
export function ownerActor(userId: string, tokenId = uuid()): OwnerActor {
  return { kind: 'OWNER', userId, tokenId, access: 'FULL' }
}

export function ownerIdentity(userId: string): Identity {
  return { kind: 'owner', userId, tokenId: uuid(), access: 'FULL' }
}

function testContext(parts: TestParts, identity: Identity): GraphContext {
  return { ...parts, identity, address: '192.0.2.1', socket: null, rates: unlimitedRates } as unknown as GraphContext
}

/** What a test expects an answer to hold; where there are errors, there may be less. */
export interface Answer<Data> {
  data: Data
  errors?: readonly GraphQLError[]
}

/** Runs a document as somebody, as a transport would. */
export async function ask<Data = Record<string, unknown>>(
  schema: GraphQLSchema,
  parts: TestParts,
  identity: Identity,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<Answer<Data>> {
  const result = await graphql({ schema, source, variableValues, contextValue: testContext(parts, identity) })
  // graphql-js makes objects without a prototype, which no matcher takes for plain ones.
  const data = structuredClone(result.data) as Data
  return result.errors ? { data, errors: result.errors } : { data }
}

/** Subscribes as somebody, as a transport would. */
export async function follow<Data>(schema: GraphQLSchema, parts: TestParts, identity: Identity, source: string) {
  const contextValue = testContext(parts, identity)
  const events = await subscribe({ schema, document: parse(source), contextValue })
  return events as AsyncGenerator<Answer<Data>, undefined> | { errors: readonly GraphQLError[] }
}

/** The same store, telling how many statements and Prisma operations went through it. */
export function countOperations(store: Store): { store: Store; count: () => number } {
  let operations = 0
  const prisma = store.prisma.$extends({
    query: {
      $allOperations: ({ args, query }) => {
        operations += 1
        return query(args)
      },
    },
  })
  const query: Store['sql']['query'] = (text, parameters) => {
    operations += 1
    return store.sql.query(text, parameters)
  }
  return {
    store: { ...store, prisma: prisma as unknown as Store['prisma'], sql: { ...store.sql, query } },
    count: () => operations,
  }
}

/** What has no description, but for what Relay's plugin brings and the builder describes for all rooms. */
export function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = []
  const brought = /^PageInfo|\.(pageInfo|cursor|node):|\((first|last|after|before)\)$/
  const look = (name: string, thing: { description?: string | null | undefined }) => {
    if (!thing.description && !brought.test(name)) missing.push(name)
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    look(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value)
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field)
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}: ${getNamedType(field.type).name}`, field)
      for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument)
    }
  }
  return missing
}
