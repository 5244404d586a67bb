import { answerCommands } from '../answer-commands.js'
import { openBaselineValidator } from './baseline-validator.js'
import { echo } from './echo.js'
import { openHubValidator } from './hub-validator.js'
import type { Delivery, Hold, LoadCommand } from './load-answer.js'
import type { LoadValidator } from './load-validator.js'
import { submit, submitPaced } from './submit.js'

const CONNECTS_AT_A_TIME = 20
const LOOK_EVERY_MS = 10
let validators: LoadValidator[] = []

async function connect(open: () => Promise<LoadValidator>, count: number): Promise<void> {
  let left = count
  const lane = async () => {
    while (left-- > 0) validators.push(await open())
  }
  await Promise.all(Array.from({ length: CONNECTS_AT_A_TIME }, lane))
}

async function awaitTasks(each: number): Promise<Delivery> {
  while (validators.some((one) => one.taskCount() < each)) {
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS)
    })
  }
  const deliveries = validators.map((one) => one.delivery())
  const sum = (of: (delivery: Delivery) => number) => deliveries.reduce((total, one) => total + of(one), 0)
  return { tasks: sum(({ tasks }) => tasks), once: sum(({ once }) => once), repeated: sum(({ repeated }) => repeated) }
}

/** Answers pings in between: a hub drops silent sockets. */
async function sign(batch: number | null): Promise<void> {
  for (const one of validators) {
    one.sign(batch)
    await new Promise(setImmediate)
  }
}

function openerOf(to: 'hub' | 'baseline', url: string, hold: Hold): () => Promise<LoadValidator> {
  return to === 'hub' ? () => openHubValidator(url, hold) : () => openBaselineValidator(url)
}

async function obey(command: LoadCommand): Promise<unknown> {
  switch (command.do) {
    case 'connect':
      return connect(openerOf(command.to, command.url, command.hold), command.validators)
    case 'echo':
      return echo(command.url, command.sockets, command.inFlight, command.forMs)
    case 'await-tasks':
      return awaitTasks(command.each)
    case 'hold':
      for (const one of validators) one.hold(command.hold)
      return null
    case 'sign':
      return sign(command.batch)
    case 'submit':
      return submit(validators, command.inFlight, command.forMs)
    case 'submit-paced':
      return submitPaced(validators, command.perSecond, command.forMs)
    case 'forget':
      for (const one of validators) one.forget()
      return null
    case 'close':
      for (const one of validators.splice(0)) one.close()
      return null
  }
}

answerCommands(obey)
