// What comes from others: every package of the lock file has integrity, accepts the oldest Node.js that package.json
// promises, needs no script at its installation, and may be passed on. With the output of `npm sbom` named: that it is
// complete.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const semver = require('semver')

const ALLOWED_LICENCES = new Set(
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT Python-2.0 Unlicense'.split(' '),
)
/** What a package says of its licence where that is not one of those, and why it may come all the same. */
const OTHER_LICENCES = {
  '@visx/vendor': { says: 'MIT and ISC', why: 'both are allowed; it is no SPDX expression' },
  elkjs: { says: 'EPL-2.0', why: 'of the Prisma CLI’s studio, which the hub never loads and we do not change' },
  'seq-queue': { says: null, why: 'MIT by its file LICENSE' },
}
/** Packages with a script at their installation, and why they do without it. */
const INSTALL_SCRIPTS = {
  '@prisma/engines': 'downloads an engine for migrations, which src/store/migrate.ts and prisma/*.mjs do without',
  esbuild: 'checks its binary, which comes as a package of its own',
  prisma: 'looks at the version of Node.js',
}

const read = async (file) => JSON.parse(await readFile(new URL(`../${file}`, import.meta.url), 'utf8'))
const nameOf = (place) => place.replace(/^.*node_modules\//, '')

const { packages } = await read('package-lock.json')
const { '': root, ...others } = packages
const oldest = semver.minVersion(root.engines.node)
const problems = []

for (const [place, { engines, integrity, link, hasInstallScript }] of Object.entries(others)) {
  if (!link && !integrity) problems.push(`${place} has no integrity in the lock file`)
  if (typeof engines?.node === 'string' && !semver.satisfies(oldest, engines.node)) {
    problems.push(`${place} wants Node.js ${engines.node}, not ${oldest}`)
  }
  if (hasInstallScript && !(nameOf(place) in INSTALL_SCRIPTS)) {
    problems.push(`${place} has a script at its installation: say in .ci/check-supply.mjs why it works without`)
  }
}

// What npm installs with --omit dev: more than the hub loads, for the Prisma CLI is an optional peer of its client.
const passedOn = Object.entries(others).filter(([, { dev }]) => !dev)
for (const [place, entry] of passedOn) {
  const licence = await licenceOf(place, entry)
  const known = OTHER_LICENCES[nameOf(place)]
  if (known ? known.says !== licence : !isAllowed(licence)) {
    problems.push(`${place} has the licence ${licence ?? '(none named)'}: look whether we may pass it on`)
  }
}
for (const name of Object.keys({ ...OTHER_LICENCES, ...INSTALL_SCRIPTS })) {
  if (!Object.keys(others).some((place) => nameOf(place) === name)) problems.push(`${name} is excepted and not there`)
}

const [billOfMaterials] = process.argv.slice(2)
if (billOfMaterials !== undefined) problems.push(...(await problemsOfBill(billOfMaterials)))

for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)

/** As the package itself says; the lock file speaks for those that are for other machines than this. */
async function licenceOf(place, entry) {
  const said = (await read(`${place}/package.json`).catch(() => entry)).license
  return typeof said === 'string' ? said : (said?.type ?? null)
}

function isAllowed(expression) {
  const one = (text) => text.split(' AND ').every((name) => ALLOWED_LICENCES.has(name.trim()))
  return expression !== null && expression.replaceAll(/[()]/g, '').split(' OR ').some(one)
}

/** `npm sbom --omit dev` leaves out what dependencies have in common with developers' tools, so it is called without. */
async function problemsOfBill(file) {
  const { bomFormat, components } = JSON.parse(await readFile(file, 'utf8'))
  if (bomFormat !== 'CycloneDX' || !Array.isArray(components)) return [`${file} is no list in the form of CycloneDX`]
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`))
  const expected = passedOn.map(([place, { version }]) => `${nameOf(place)}@${version}`)
  return expected.filter((one) => !listed.has(one)).map((one) => `${one} is not in ${file}`)
}
