import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BodyForms } from '../http/send-forms.js'
import { EXAMPLES } from './graphiql-examples.js'
import { TOKEN_FIELD } from './graphiql-token-field.js'

/** The page is nine megabytes: the default level takes half a minute. */
const BROTLI_LEVEL = 5

const MARK = `<svg viewBox="0 0 32 32" xmlns="http://www.w3.org/2000/svg" fill="none" stroke-width="3"><circle cx="12" cy="12" r="8" stroke="#3b82f6"/><circle cx="20" cy="12" r="8" stroke="#10b981"/><circle cx="16" cy="20" r="8" stroke="#f59e0b"/></svg>`

/** Where Yoga's page is extended; each text occurs once in it. */
const ROOT = '<div id="root"></div>\n'
const RENDER = 'YogaGraphiQL.renderYogaGraphiQL(\n'

/** In a thread: loading and rendering so much would block the event loop for a quarter of a second. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads')
const { brotliCompressSync, gzipSync, constants } = require('node:zlib')
const { renderGraphiQL } = require(workerData.renderer)
let html = renderGraphiQL(workerData.options)
for (const [old, replacement] of workerData.changes) {
  const parts = html.split(old)
  if (parts.length !== 2) throw new Error('GraphiQL has ' + JSON.stringify(old) + ' ' + (parts.length - 1) + ' times')
  html = parts.join(replacement)
}
const identity = new Uint8Array(Buffer.from(html))
const br = new Uint8Array(brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: workerData.level } }))
const gzip = new Uint8Array(gzipSync(identity))
parentPort.postMessage({ identity, br, gzip }, [identity.buffer, br.buffer, gzip.buffer])
`

/** One file that loads nothing. Gzip is needed too: browsers take no brotli over plain HTTP from another machine. */
export async function makeGraphiqlPage(): Promise<Required<BodyForms>> {
  const require = createRequire(import.meta.url)
  const graphqlWs = await readFile(
    path.join(path.dirname(require.resolve('graphql-ws')), '../umd/graphql-ws.min.js'),
    'utf8',
  )
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: {
      renderer: require.resolve('@graphql-yoga/render-graphiql'),
      level: BROTLI_LEVEL,
      options: {
        title: 'Overlaps',
        logo: MARK,
        favicon: `data:image/svg+xml,${encodeURIComponent(MARK)}`,
        // A token must not go into storage that outlives the visit.
        shouldPersistHeaders: false,
        defaultTabs: EXAMPLES.map(({ query, variables }) => ({
          query,
          variables: variables === undefined ? '' : JSON.stringify(variables, null, 2),
          headers: '',
        })),
      },
      changes: [
        [ROOT, `<script>${graphqlWs}</script>${TOKEN_FIELD}${ROOT}`],
        [RENDER, 'renderWithTokenField(\n'],
      ],
    },
  })
  return new Promise((resolvePage, reject) => {
    worker.once('message', resolvePage)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the page of GraphiQL was not made')))
  })
}
