// Puts the tracker with all that it needs into one file, which runs with Node alone. Knows nothing of pages.
import { build } from 'esbuild'
import { inProject } from './project.mjs'

/** Once for all in a process. @type {Map<string, Promise<void>>} */
const bundled = new Map()

/** What came as CommonJS still asks for Node's own modules by `require`. */
const banner = [
  "import { createRequire as requireFrom } from 'node:module'",
  "import { fileURLToPath as pathOf } from 'node:url'",
  'const require = requireFrom(import.meta.url)',
  "process.env.NODE_ENV ??= 'production'",
  "process.env.WEB_ROOT ||= pathOf(new URL('./page', import.meta.url))",
].join('\n')

/**
 * Writes it to `file`; the page is looked for in `page` next to it, unless WEB_ROOT says so. @param {string} file
 */
export function bundleTracker(file) {
  const known = bundled.get(file)
  if (known) return known
  const writing = build({
    entryPoints: [inProject('apps/tracker/src/main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'linked',
    // ws takes these where they are installed, and does without.
    external: ['bufferutil', 'utf-8-validate'],
    banner: { js: banner },
    logLevel: 'warning',
  }).then(() => {})
  bundled.set(file, writing)
  return writing
}
