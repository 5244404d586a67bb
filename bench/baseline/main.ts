/**
 * The seed's design, rewritten to be measured against: JSON over `ws`, callbacks in memory, and for each answer one
 * interactive Prisma transaction that inserts the tick and raises the balance. Patched to survive load: transactions
 * wait much longer than by default, and only as many run as there are connections.
 */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import { migrate } from '../../src/store/migrate.js'
import { openPostgres } from '../../src/store/open-postgres.js'
import { ensurePartitions } from '../../src/store/partitions.js'
import { readMigrations } from '../../src/store/read-migrations.js'
import { answerCommands } from '../answer-commands.js'
import { replyText, signupText, type BaselineCommand, type FromBaseline, type ToBaseline } from './messages.js'
import { createVerify, type Verify } from './verify.js'

type Reply = Extract<ToBaseline, { type: 'validate' }>['data']

interface Asked {
  socket: WebSocket
  id: string
  no: number
  publicKey: string
}

const REWARD_LAMPORTS = 100
const TRANSACTIONS_MAX = 10
const TRANSACTION_TIMEOUT_MS = 120_000

const callbacks = new Map<string, (reply: Reply) => Promise<void>>()
const validators: Asked[] = []
let roundCount = 0
let sendRound: () => void = () => undefined

function tell(socket: WebSocket, message: FromBaseline): void {
  socket.send(JSON.stringify(message))
}

async function signUp(
  prisma: PrismaClient,
  verify: Verify,
  socket: WebSocket,
  data: { publicKey: string; callbackId: string; signedMessage: string },
) {
  const { publicKey, callbackId } = data
  if (!verify(publicKey, signupText(callbackId, publicKey), data.signedMessage)) return
  const known = await prisma.validator.findUnique({ where: { publicKey } })
  const { id, no } = known ?? (await prisma.validator.create({ data: { publicKey } }))
  validators.push({ socket, id, no, publicKey })
  tell(socket, { type: 'signup', data: { callbackId, validatorId: id } })
}

/** Limits how many run at a time; the seed has no limit, and dies of it. */
function createGate(max: number) {
  let free = max
  const waiting: (() => void)[] = []
  return async (work: () => Promise<void>) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

async function start(database: string, websiteCount: number, verify: Verify): Promise<number> {
  const store = await openPostgres(database, () => undefined)
  await migrate(store, await readMigrations())
  await ensurePartitions(store, Date.now())
  const { prisma } = store
  const user = await prisma.user.create({ data: { email: 'owner@localhost' } })
  const names = Array.from({ length: websiteCount }, (_, index) => `site-${index}`)
  await prisma.website.createMany({
    data: names.map((name) => ({ userId: user.id, name, url: `http://127.0.0.1:9/${name}` })),
  })
  const websites = await prisma.website.findMany({ where: { enabled: true } })
  const gate = createGate(TRANSACTIONS_MAX)

  const record = async (asked: Asked, websiteNo: number, roundAt: Date, reply: Reply) => {
    if (!verify(asked.publicKey, replyText(reply.callbackId), reply.signedMessage)) return
    const tick = { websiteNo, validatorNo: asked.no, status: reply.status, latencyUs: reply.latency, roundAt }
    await gate(() =>
      prisma.$transaction(
        async (transaction) => {
          await transaction.websiteTick.create({
            data: { ...tick, checkedAt: new Date(), submissionId: 0n, checkRevision: 1, leafIndex: 0 },
          })
          await transaction.validator.update({
            where: { id: asked.id },
            data: { pendingPayouts: { increment: REWARD_LAMPORTS } },
          })
        },
        { maxWait: TRANSACTION_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS },
      ),
    )
    tell(asked.socket, { type: 'stored', data: { callbackId: reply.callbackId } })
  }

  sendRound = () => {
    const roundAt = new Date(Date.now() + roundCount++)
    for (const website of websites) {
      for (const asked of validators) {
        const callbackId = randomUUID()
        callbacks.set(callbackId, (reply) => record(asked, website.no, roundAt, reply))
        tell(asked.socket, { type: 'validate', data: { callbackId, url: website.url } })
      }
    }
  }
  return listen(prisma, verify)
}

function listen(prisma: PrismaClient, verify: Verify): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => {
    socket.on('message', (text: Buffer) => {
      const message = JSON.parse(text.toString('utf8')) as ToBaseline
      if (message.type === 'signup') return void signUp(prisma, verify, socket, message.data)
      const callback = callbacks.get(message.data.callbackId)
      callbacks.delete(message.data.callbackId)
      void callback?.(message.data)
    })
  })
  return new Promise((resolve) => {
    server.once('listening', () => resolve((server.address() as AddressInfo).port))
  })
}

answerCommands(async (command: BaselineCommand) => {
  if (command.do === 'round') return sendRound()
  return start(command.database, command.websites, createVerify(command.verifier))
})
