import type { CliHost } from './cli-host.js'

/** Waits for a request to stop and stops in good order; a second request leaves at once. */
export async function untilStopped(host: CliHost, close: () => Promise<void>): Promise<void> {
  let requests = 0
  await new Promise<void>((resolve, reject) => {
    const forget = host.onSignal(() => {
      requests += 1
      if (requests > 1) host.leaveNow()
      else close().then(resolve, reject).finally(forget)
    })
  })
}
