// Puts a compressed copy next to each file of a build, as small as brotli makes it: that takes seconds, which no start
// of a server has. Knows nothing of who serves them.
import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const texts = new Set(['.html', '.js', '.css', '.txt', '.json', '.svg', '.map', '.wasm', '.ico', '.webmanifest'])
/** What is shorter fits one packet anyhow. */
const MIN_BYTES = 1_024

/** @param {Buffer} bytes */
const smallest = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })

/**
 * `app.js.br` next to `app.js`. `asServed`: the text that is served most often; one that serves another compresses it.
 * @param {string} folder @param {(text: string) => string} asServed
 */
export async function compressBuild(folder, asServed) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && texts.has(extname(entry.name)))
  await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      const bytes = await readFile(path)
      if (bytes.length < MIN_BYTES) return
      const text = bytes.toString()
      // What is no text is not altered by being read as one.
      const served = asServed(text)
      const compressed = await smallest(served === text ? bytes : Buffer.from(served))
      if (compressed.length < bytes.length) await writeFile(`${path}.br`, compressed)
    }),
  )
}
