import type { Store } from '../store/store.js'
import { type LeafPlace, PACK_ANSWERS, type PackedAnswers } from './packed-answers.js'

const ANSWERS = `
SELECT t."websiteNo" AS no, ${PACK_ANSWERS} AS answers
FROM "WebsiteTick" t WHERE t."roundAt" = $1::timestamptz AND t."websiteNo" = ANY($2::int[]) GROUP BY 1`

/** The answers of a sealed round about some websites, by their numbers; a website without any is left out. */
export async function readAnswers(
  { sql }: Pick<Store, 'sql'>,
  roundAt: number,
  websiteNos: readonly number[],
): Promise<Map<number, PackedAnswers>> {
  const rows = await sql.query<{ no: number; answers: Uint8Array }>(ANSWERS, [new Date(roundAt), websiteNos])
  return new Map(rows.map(({ no, answers }) => [no, Buffer.from(answers.buffer, answers.byteOffset, answers.length)]))
}

const LEAF_BYTES = 32
/** A leaf is a few bytes, where a row of a statement may have hundreds. */
const LEAVES_PER_ROW = 4

/** A submission is filed under the newest round that it answers, which is the tick's own or up to a day after it. */
const LEAVES = `
SELECT id::text AS id, leaves FROM "Submission"
WHERE "roundAt" >= $1::timestamptz AND "roundAt" < $1::timestamptz + interval '1 day' AND id = ANY($2::bigint[])`

/** The leaf hashes of submissions, each read whole and once: cutting one out in the database would unpack them all for it. */
export interface Leaves {
  find(place: LeafPlace): Buffer | null
}

/** @param answerCounts by the submission's ID, how many of the round's answers it brought. */
export async function readLeaves(
  { sql, rowsPerStatementMax }: Pick<Store, 'sql' | 'rowsPerStatementMax'>,
  roundAt: number,
  answerCounts: ReadonlyMap<number, number>,
): Promise<Leaves> {
  const leavesOf = new Map<number, Buffer>()
  for (const ids of inChunks(answerCounts, rowsPerStatementMax, rowsPerStatementMax * LEAVES_PER_ROW)) {
    const rows = await sql.query<{ id: string; leaves: Uint8Array }>(LEAVES, [new Date(roundAt), ids.map(String)])
    for (const { id, leaves } of rows) {
      leavesOf.set(Number(id), Buffer.from(leaves.buffer, leaves.byteOffset, leaves.length))
    }
  }
  return {
    find({ submissionId, leafIndex }) {
      const leaf = leavesOf.get(submissionId)?.subarray(leafIndex * LEAF_BYTES, (leafIndex + 1) * LEAF_BYTES)
      return leaf?.length === LEAF_BYTES ? leaf : null
    },
  }
}

function inChunks(answerCounts: ReadonlyMap<number, number>, idsMax: number, leavesMax: number): number[][] {
  const chunks: number[][] = []
  let leaves = Infinity
  for (const [id, count] of answerCounts) {
    const chunk = chunks.at(-1)
    if (!chunk || chunk.length === idsMax || leaves + count > leavesMax) {
      chunks.push([id])
      leaves = count
    } else {
      chunk.push(id)
      leaves += count
    }
  }
  return chunks
}
