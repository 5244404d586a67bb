/** What happened, as text: kept so, because every try must send the same bytes. `at` is in Unix milliseconds. */
export function messagePayload(type: string, at: number, data: Record<string, unknown>): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
}
