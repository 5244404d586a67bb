import { readFile, readdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const compress = promisify(brotliCompress)
const OUT = fileURLToPath(new URL('../dist/web', import.meta.url))

/** Once, at the highest quality, so that the hub never compresses a page. */
function brotliBeside(): Plugin {
  return {
    name: 'brotli-beside',
    async closeBundle() {
      const names = await readdir(OUT, { recursive: true })
      for (const name of names.filter((name) => /\.(html|js|css|svg)$/.test(name))) {
        const file = path.join(OUT, name)
        const body = await readFile(file)
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        }
        await writeFile(`${file}.br`, await compress(body, { params }))
      }
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  logLevel: 'warn',
  plugins: [brotliBeside()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: ['chrome111', 'firefox115', 'safari16.4'],
    modulePreload: { polyfill: false },
    // What is inlined as a data: URL the Content-Security-Policy would refuse.
    assetsInlineLimit: 0,
  },
})
