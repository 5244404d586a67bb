// Runs after `npm ci` in a checkout: generates and builds, so that `npm start` works at once.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const missing = ['prisma', 'typescript'].filter((name) => {
  try {
    require.resolve(`${name}/package.json`)
    return false
  } catch {
    return true
  }
})

if (missing.length > 0) {
  const built = existsSync(new URL('../dist/cli/main.js', import.meta.url))
  console.error(`overlaps: not built, for ${missing.join(' and ')} is not installed.`)
  console.error(built ? 'The build in dist/ is kept.' : 'Run `npm ci` without --omit=dev once, or bring a built dist/.')
  process.exit(0)
}
// What a file that has been moved was built into would stay, and be packed.
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true })
for (const script of ['generate:prisma', 'build']) {
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}
