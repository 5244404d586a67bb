import type { CliHost } from './cli-host.js'

/** Ends a command that came to nothing, in one sentence and with 1. */
export function fail(host: CliHost, message = 'The hub gave no answer.'): void {
  host.err(message)
  host.exitWith(1)
}
