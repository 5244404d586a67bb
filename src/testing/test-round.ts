import type { TestHub } from './test-hub.js'
import { openTaskSocket, signUp, type TaskSocket, type TestValidator, type WireTask } from './test-validator.js'

/** A validator that is connected. */
export interface TestMember extends TestValidator {
  socket: TaskSocket
}

export async function joinHub(hub: TestHub): Promise<TestMember> {
  const validator = await signUp(hub)
  return { ...validator, socket: await openTaskSocket(hub, validator.sessionToken) }
}

/** Begins a round a minute later and resolves with each member's first event, in their order. */
export async function playRound(hub: TestHub, ...members: Pick<TestMember, 'socket'>[]): Promise<WireTask[][]> {
  hub.clock.advance(60_000)
  await hub.startRound(hub.clock.now())
  return Promise.all(members.map(({ socket }) => socket.next()))
}

/** As `playRound`, for a hub with one website: each member's one task. */
export async function playOneTask(hub: TestHub, ...members: Pick<TestMember, 'socket'>[]): Promise<WireTask[]> {
  return (await playRound(hub, ...members)).map(([task]) => {
    if (!task) throw new Error('an event held no task')
    return task
  })
}

export async function banValidator(hub: TestHub, { id }: Pick<TestValidator, 'id'>, banned = true): Promise<void> {
  const { errors } = await hub.post(
    `mutation ($id: ID!, $banned: Boolean!) { setValidatorBan(input: { id: $id, banned: $banned }) { __typename } }`,
    { token: hub.operatorToken, variables: { id, banned } },
  )
  if (errors) throw new Error(JSON.stringify(errors))
}

/** What the hub owes a validator. */
export async function balanceOf(hub: TestHub, { id }: Pick<TestValidator, 'id'>): Promise<bigint> {
  const { pendingPayouts } = await hub.parts.store.prisma.validator.findUniqueOrThrow({ where: { id } })
  return pendingPayouts
}
