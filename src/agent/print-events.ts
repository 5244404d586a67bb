import type { AgentEvent, ReportEvent } from './agent-event.js'
import { describeEvent } from './describe-event.js'

export type OutputForm = 'PEOPLE' | 'JSON'

/** For machines everything, a line each; for people, a fault that lasts only once. */
export function printEvents(form: OutputForm, out: (line: string) => void, now: () => number): ReportEvent {
  if (form === 'JSON') return (event) => out(JSON.stringify({ at: new Date(now()).toISOString(), ...event }))
  let lastFault: string | null = null
  return (event: AgentEvent) => {
    if (event.event === 'CONNECTED') lastFault = null
    if (event.event === 'DISCONNECTED') {
      // A message may name times that change.
      const fault = `${event.fault} ${event.code ?? event.message}`
      if (fault === lastFault) return
      lastFault = fault
    }
    out(describeEvent(event))
  }
}
