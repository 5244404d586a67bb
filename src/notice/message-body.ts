/** What is sent, as text: kept so, because every try must send the same bytes. `at` is when it happened, in Unix milliseconds. */
export function messageBody(type: string, at: number, data: Record<string, unknown>): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
}
