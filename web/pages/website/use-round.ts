import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Fault } from '../../api/ask'
import { readRound, type ReadRound, type RoundRead } from './read-round'

interface HeldRound {
  /** The one that was read last, until another one is there. */
  round: ReadRound | null
  fault: Fault | null
  refresh(): void
}

export function useRound(id: string, roundAt: string | null): HeldRound {
  const [round, setRound] = useState<ReadRound | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (roundAt === null) return undefined
    const leaving = new AbortController()
    const take = (read: RoundRead) => {
      setFault(read.kind === 'fault' ? read.fault : null)
      if (read.kind === 'data') setRound(read.data)
    }
    readRound(id, roundAt, leaving.signal).then(take, () => {})
    return () => leaving.abort()
  }, [id, roundAt, turn])
  const refresh = useCallback(() => setTurn((before) => before + 1), [])
  return { round, fault, refresh }
}
