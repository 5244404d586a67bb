import { MAC_BYTES, sameMac, type HubKey, type HubKeys } from '../store/hub-keys.js'

/** What a callback ID says, and all the hub knows of an open task: nothing of it is kept in memory. */
export interface Callback {
  roundAt: number
  deadlineAt: number
  websiteNo: number
  validatorNo: number
  checkRevision: number
}

const CONTEXT = 'overlaps-callback-v1'
const VERSION = 1
/** Version 1, key ID 2, round 6, deadline after it 4, website 4, validator 4, check revision 4. */
const HEAD_BYTES = 25

export function sealCallback(key: HubKey, callback: Callback): string {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + MAC_BYTES)
  bytes.writeUInt8(VERSION, 0)
  bytes.writeUInt16BE(key.id, 1)
  bytes.writeUIntBE(callback.roundAt, 3, 6)
  bytes.writeUInt32BE(callback.deadlineAt - callback.roundAt, 9)
  bytes.writeUInt32BE(callback.websiteNo, 13)
  bytes.writeUInt32BE(callback.validatorNo, 17)
  bytes.writeUInt32BE(callback.checkRevision, 21)
  key.mac(CONTEXT, bytes.subarray(0, HEAD_BYTES)).copy(bytes, HEAD_BYTES)
  return bytes.toString('base64url')
}

export async function openCallback(keys: HubKeys, text: string): Promise<Callback | null> {
  const bytes = Buffer.from(text, 'base64url')
  // Decoding is lenient: only the one spelling of the bytes counts.
  if (bytes.length !== HEAD_BYTES + MAC_BYTES || bytes[0] !== VERSION || bytes.toString('base64url') !== text)
    return null
  const head = bytes.subarray(0, HEAD_BYTES)
  const key = await keys.find(head.readUInt16BE(1))
  if (!key || !sameMac(key.mac(CONTEXT, head), bytes.subarray(HEAD_BYTES))) return null
  const roundAt = head.readUIntBE(3, 6)
  return {
    roundAt,
    deadlineAt: roundAt + head.readUInt32BE(9),
    websiteNo: head.readUInt32BE(13),
    validatorNo: head.readUInt32BE(17),
    checkRevision: head.readUInt32BE(21),
  }
}
