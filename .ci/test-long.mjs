import { spawn } from 'node:child_process'

// `npm run test:long`: vitest refuses options that it does not know, so `--full` becomes a variable that the tests read.
const FULL = '--full'
const args = process.argv.slice(2)
const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname
const child = spawn(process.execPath, [vitest, 'run', '--mode', 'long', ...args.filter((one) => one !== FULL)], {
  stdio: 'inherit',
  env: { ...process.env, ...(args.includes(FULL) && { OVERLAPS_TEST_ALL_FAULTS: '1' }) },
})
child.once('exit', (code, signal) => {
  if (signal === null) process.exitCode = code ?? 1
  else process.kill(process.pid, signal)
})
