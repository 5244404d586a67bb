import { execute, parse, printSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Audience } from './audience.js'
import type { GraphContext } from './context.js'
import { createBuilder } from './create-builder.js'
import { ANONYMOUS, type Identity } from './identity.js'

const IDENTITIES: Record<string, Identity> = {
  anonymous: ANONYMOUS,
  owner: { kind: 'owner', userId: 'u', tokenId: 't', access: 'FULL' },
  readOnly: { kind: 'owner', userId: 'u', tokenId: 't', access: 'READ_ONLY' },
  validator: { kind: 'validator', validatorId: 'v', sessionId: 's' },
  operator: { kind: 'operator' },
}

const AUDIENCES: readonly Audience[] = ['EVERYONE', 'OWNER', 'OPERATOR', 'OWNER_OR_OPERATOR', 'VALIDATOR']

function buildSchema() {
  const builder = createBuilder()
  for (const audience of AUDIENCES) {
    const options = { audience, description: 'Says yes.', resolve: () => true }
    builder.queryField(`ask${audience}`, (t) => t.boolean(options))
    builder.mutationField(`do${audience}`, (t) => t.boolean(options))
  }
  builder.subscriptionField('follow', (t) =>
    t.boolean({
      audience: 'OWNER',
      description: 'Says yes again and again.',
      subscribe: async function* () {
        yield true
      },
      resolve: () => true,
    }),
  )
  return builder.toSchema()
}

const schema = buildSchema()

async function codeOf(operation: 'query' | 'mutation', field: string, who: string): Promise<unknown> {
  const identity = IDENTITIES[who]
  if (!identity) throw new Error(`nobody is called ${who}`)
  const contextValue = { identity } as GraphContext
  const { errors } = await execute({ schema, document: parse(`${operation} { ${field} }`), contextValue })
  return errors?.[0]?.extensions['code'] ?? 'LET_IN'
}

async function codesOf(operation: 'query' | 'mutation', field: string): Promise<unknown[]> {
  return Promise.all(Object.keys(IDENTITIES).map((who) => codeOf(operation, field, who)))
}

describe('the audience of a root field', () => {
  it.each([
    ['EVERYONE', ['LET_IN', 'LET_IN', 'LET_IN', 'LET_IN', 'LET_IN']],
    ['OWNER', ['UNAUTHENTICATED', 'LET_IN', 'LET_IN', 'FORBIDDEN', 'FORBIDDEN']],
    ['OPERATOR', ['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'LET_IN']],
    ['OWNER_OR_OPERATOR', ['UNAUTHENTICATED', 'LET_IN', 'LET_IN', 'FORBIDDEN', 'LET_IN']],
    ['VALIDATOR', ['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'LET_IN', 'UNAUTHENTICATED']],
  ])('%s lets in whom it names', async (audience, codes) => {
    expect(await codesOf('query', `ask${audience}`)).toEqual(codes)
    const [anonymous, owner, , validator, operator] = codes
    // A read-only token may not call any mutation.
    expect(await codesOf('mutation', `do${audience}`)).toEqual([anonymous, owner, 'FORBIDDEN', validator, operator])
  })

  it('ends the description of its field', () => {
    expect(printSchema(schema)).toMatch(/"""Says yes\. For owners and operators\."""\s+askOWNER_OR_OPERATOR/)
  })

  it('must be declared', () => {
    const builder = createBuilder()
    const options = { description: 'Anybody?', resolve: () => true }
    builder.queryField('open', (t) => t.boolean(options as typeof options & { audience: Audience }))
    expect(() => builder.toSchema()).toThrow('Query.open does not say who may call it')
  })
})
