import { z } from 'zod'
import type { Assignment, AssignmentInput, AssignmentRule } from './assignment.js'
import { shuffled } from './mix.js'

export interface BudgetedHost {
  /** Validators of each website. */
  each: number
  websites: readonly number[]
}

/** What `host-budget-v1` draws from, as it stands in the roster's seed: its JSON. */
export interface BudgetSeed {
  roundAt: string
  /** The setting that it followed: checks of one host in a minute. */
  perMinute: number
  turn: number
  hosts: readonly BudgetedHost[]
}

const SEED = z.object({
  roundAt: z.string(),
  perMinute: z.int(),
  turn: z.int(),
  hosts: z.array(z.object({ each: z.int().min(0), websites: z.array(z.int()) })),
})

export function writeBudgetSeed({ roundAt, perMinute, turn, hosts }: BudgetSeed): string {
  return JSON.stringify({ roundAt, perMinute, turn, hosts: hosts.map(({ each, websites }) => ({ each, websites })) })
}

/** Limits the websites of the hosts in the seed to so many validators, from as many networks as possible, in turns. */
export const HOST_BUDGET: AssignmentRule = {
  name: 'host-budget-v1',
  assign(input) {
    const { hosts, turn } = SEED.parse(JSON.parse(input.seed))
    const networks = listNetworks(input)
    const chosen = new Map<number, readonly number[]>()
    for (const host of hosts) {
      for (const [no, validators] of askFew(host, turn, networks)) chosen.set(no, validators)
    }
    return readAssignment(input, chosen)
  },
}

function readAssignment({ websiteNos, validatorNos }: AssignmentInput, chosen: ReadonlyMap<number, readonly number[]>) {
  const few = validatorNos.map(() => new Set<number>())
  for (const [website, no] of websiteNos.entries()) {
    for (const validator of chosen.get(no) ?? []) few[validator]?.add(website)
  }
  const assignment: Assignment = {
    *websitesOf(validatorIndex) {
      for (const [website, no] of websiteNos.entries()) {
        if (!chosen.has(no) || few[validatorIndex]?.has(website)) yield website
      }
    },
    validatorsOf: (websiteIndex) => chosen.get(websiteNos[websiteIndex] ?? Number.NaN) ?? null,
  }
  return assignment
}

/** Validators by their positions, ascending. */
interface Network {
  firstNo: number
  validators: number[]
}

function listNetworks({ validatorNos, networks }: AssignmentInput): Network[] {
  const found = new Map<string, Network>()
  for (const [position, no] of validatorNos.entries()) {
    const name = networks[position] ?? ''
    const network = found.get(name)
    if (network) network.validators.push(position)
    else found.set(name, { firstNo: no, validators: [position] })
  }
  return [...found.values()]
}

/**
 * A website takes the same number from every network as far as that goes, and what is left from one more of them each, in
 * a ring that goes on over websites and rounds, so that each is taken equally often. The ring is shuffled after each time
 * around, so that no pattern of rounds favours a network.
 */
function askFew({ each, websites }: BudgetedHost, turn: number, networks: readonly Network[]) {
  const asked = new Map<number, readonly number[]>()
  const { level, rest } = levelOf(each, networks)
  const open = networks.filter(({ validators }) => validators.length > level)
  const ring = Math.max(1, open.length)
  const [lap, step] = [Math.floor(turn / ring), turn % ring]
  const order = shuffled(open, ({ firstNo }) => firstNo, lap)
  const places = [...order.keys()]
  const whole = networks.filter(({ validators }) => validators.length <= level).flatMap(({ validators }) => validators)
  const lapTakes = lap * websites.length * rest
  for (const [index, no] of shuffled(websites, (website) => website, turn).entries()) {
    const start = (step * websites.length + index) * rest
    const few = [...whole]
    // With nothing from all of them, only those whose place it is have to be looked at.
    for (const place of level > 0 ? places : Array.from({ length: rest }, (_, taken) => (start + taken) % ring)) {
      const takes = level + ((place - (start % ring) + ring) % ring < rest ? 1 : 0)
      const takenBefore =
        (turn * websites.length + index) * level + lapTakes + Math.floor((start + ring - 1 - place) / ring)
      few.push(...takeInTurn(order[place]?.validators ?? [], takenBefore, takes))
    }
    asked.set(
      no,
      few.sort((a, b) => a - b),
    )
  }
  return asked
}

/** How many every network can give, those with fewer all they have, and what is then left to be taken from the others. */
function levelOf(each: number, networks: readonly Network[]): { level: number; rest: number } {
  let [level, rest] = [0, each]
  for (;;) {
    const open = networks.filter(({ validators }) => validators.length > level).length
    if (open === 0) return { level, rest: 0 }
    if (rest < open) return { level, rest }
    rest -= open
    level += 1
  }
}

function takeInTurn(validators: readonly number[], from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => validators[(from + index) % validators.length] ?? 0)
}
