// Every package of the lock file must accept the oldest Node.js that package.json promises.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const semver = require('semver')
const { packages } = JSON.parse(await readFile(new URL('../package-lock.json', import.meta.url), 'utf8'))
const oldest = semver.minVersion(packages[''].engines.node)

const refusing = Object.entries(packages).filter(
  ([, { engines }]) => typeof engines?.node === 'string' && !semver.satisfies(oldest, engines.node),
)
for (const [name, { engines }] of refusing) console.error(`${name} wants Node.js ${engines.node}, not ${oldest}`)
const unsigned = Object.entries(packages).filter(([name, { integrity, link }]) => name !== '' && !link && !integrity)
for (const [name] of unsigned) console.error(`${name} has no integrity in the lock file`)
process.exit(refusing.length + unsigned.length > 0 ? 1 : 0)
