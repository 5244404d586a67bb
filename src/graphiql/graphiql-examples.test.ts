import { Kind, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { WebSocket } from 'ws'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { openTaskSocket, signUp, submitBatch } from '../testing/test-validator.js'
import { EXAMPLES, type Example } from './graphiql-examples.js'

const WIDTH_MAX = 54

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
})
afterAll(() => hub.close())

const operations = EXAMPLES.flatMap((example) =>
  parse(example.query)
    .definitions.filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    )
    .map(({ operation, name }) => ({ ...example, operation, operationName: name?.value ?? '' })),
)

function tokenFor({ token }: Example): string | undefined {
  return { OWNER: hub.ownerToken, OPERATOR: hub.operatorToken, NONE: undefined }[token]
}

/** Sends the token in connection_init, as GraphiQL does. */
async function runLive(query: string, operationName: string, token: string | undefined) {
  const client = createClient({
    url: `${hub.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  })
  try {
    for await (const result of client.iterate({ query, operationName })) return result
    throw new Error('ended without a result')
  } finally {
    await client.dispose()
  }
}

async function runOnce({ query, variables, operationName }: (typeof operations)[number], token: string | undefined) {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables, operationName }),
  })
  return (await response.json()) as { data?: Record<string, unknown>; errors?: unknown }
}

/** So that there is something to see. */
async function answerOneRound(): Promise<void> {
  const validator = await signUp(hub)
  const tasks = await openTaskSocket(hub, validator.sessionToken)
  const round = await hub.startRound(hub.clock.now())
  const ended = new Promise((resolve) => {
    hub.parts.bus.subscribe('roundEnded', resolve)
  })
  const asked = await tasks.next()
  await submitBatch(
    hub,
    validator,
    asked.map((task) => ({ task })),
  )
  hub.clock.moveTo((round?.deadlineAt.getTime() ?? 0) + 1)
  await ended
  await tasks.close()
}

describe('the examples of GraphiQL', () => {
  it.each(operations)('$operationName runs as it stands', async (operation) => {
    const token = tokenFor(operation)
    const { data, errors } =
      operation.operation === OperationTypeNode.SUBSCRIPTION
        ? await runLive(operation.query, operation.operationName, token)
        : await runOnce(operation, token)
    expect(errors).toBeUndefined()
    expect(JSON.stringify(data)).not.toContain('"reason"')
    expect(Object.values(data ?? {})).not.toContain(null)
    if (operation.operationName === 'CreateWebsite') await answerOneRound()
  })

  it('show what a round has brought', async () => {
    const ticks = operations.filter(({ operationName }) => operationName === 'Ticks')
    const [answer] = await Promise.all(ticks.map((operation) => runOnce(operation, hub.ownerToken)))
    expect(JSON.stringify(answer?.data)).toMatch(/"latencyUs":\d+.*"batchStatement":"overlaps/)
  })

  it.each(EXAMPLES)('explain themselves in lines that can be seen', ({ query }) => {
    expect(query).toMatch(/^# [A-Z]/)
    expect(query.split('\n').filter((line) => line.length > WIDTH_MAX)).toEqual([])
  })
})
