import type { Parts } from '../parts.js'
import type { OwnershipProver } from '../ownership/ownership-prover.js'
import type { Rounds } from '../round/run-rounds.js'
import type { SessionRegistry } from '../session/session-registry.js'
import type { Intake } from '../tick/intake.js'
import type { RoundCloser } from '../verdict/round-closer.js'
import type { ChannelSender } from '../notice/channel-sender.js'
import type { MachineClock } from '../clock.js'
import type { ReadDatabaseTime } from './clock-fault.js'
import type { DiskRoom } from './disk-room.js'
import type { DropHold } from './hold-drops.js'
import type { LiveAccess } from '../access/live-access.js'
import type { OperatorToken } from '../access/operator-token.js'
import type { AddressOf } from '../http/peer-address.js'

export interface HubParts extends Parts, DiskRoom {
  machine: MachineClock
  dropHold: DropHold
  readDatabaseTime: ReadDatabaseTime
  sessions: SessionRegistry
  intake: Intake
  rounds: Rounds
  closer: RoundCloser
  lastClosedRound: RoundCloser['lastClosedRound']
  channelSender: ChannelSender
  ownershipProver: OwnershipProver
  operatorToken: OperatorToken
  addressOf: AddressOf
  liveAccess: LiveAccess
}
