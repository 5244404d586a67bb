/** Text, because every attempt must send the same bytes. */
export function messagePayload(type: string, at: number, data: Record<string, unknown>): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
}
