import { isIP } from 'node:net'
import { hostOf, isPublicName } from '../../protocol/target-gate.js'
import type { Hop } from '../check/check-outcome.js'

/** Where a target is: what is beside this machine says nothing of the world, nor the world of it. */
export type Side = 'PUBLIC' | 'PRIVATE'
export type IsPublic = (address: string) => boolean

/** By the addresses that were dialled; by the host where none was. */
export function sideOf({ url, attempts }: Pick<Hop, 'url' | 'attempts'>, isPublic: IsPublic): Side {
  if (attempts.length > 0) return attempts.some(({ address }) => isPublic(address)) ? 'PUBLIC' : 'PRIVATE'
  return sideOfHost(hostOf(new URL(url)), isPublic)
}

export function sideOfHost(host: string, isPublic: IsPublic): Side {
  return (isIP(host) === 0 ? isPublicName(host) : isPublic(host)) ? 'PUBLIC' : 'PRIVATE'
}
