// Loaded into measured processes by `--import`: reports over IPC what they have used since the last reset.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 5
const RSS_EVERY_MS = 50
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delay.enable()
let cpu = process.cpuUsage()
let peakRss = 0
setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss())
}, RSS_EVERY_MS).unref()

// The histogram counts the timer's own resolution as delay.
const delayMs = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)

process.on('message', (message) => {
  if (message?.probe === 'reset') {
    cpu = process.cpuUsage()
    delay.reset()
    peakRss = process.memoryUsage.rss()
    process.send({ probe: 'reset' })
  } else if (message?.probe === 'read') {
    const { user, system } = process.cpuUsage(cpu)
    const rss = process.memoryUsage.rss()
    // A delay is noted only when the timer fires: without this a current block would be missed.
    setTimeout(() => {
      const usage = {
        cpuMs: (user + system) / 1000,
        delayP99Ms: delayMs(delay.percentile(99)),
        delayMaxMs: delayMs(delay.max),
        rssMb: rss / 2 ** 20,
        peakRssMb: Math.max(peakRss, rss) / 2 ** 20,
      }
      process.send({ probe: 'read', usage })
    }, 4 * RESOLUTION_MS)
  }
})
// The parent is gone, for whatever reason: nothing may stay behind.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
