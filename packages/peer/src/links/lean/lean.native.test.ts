// simple-peer as a page has it, without the stream that it brings along, held to the contract of all links on real
// WebRTC: among its own, and with one that has its stream.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import wrtc from '@roamhq/wrtc'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exports as doors } from '../../../package.json' with { type: 'json' }
import { linkChecks, type Until } from '../../testing/port-contracts'
import { type Rtc, simplePeerLinks } from '../simple-peer-link'

const home = new URL('../../../', import.meta.url)
const until: Until = async (isSo) => {
  for (let i = 0; i < 2_000 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 5))
  if (!isSo()) throw new Error('it was not so within 10 s')
}
const bench = { until, carry: (deliver: () => void) => void setTimeout(deliver, 20) }

/** What a page's build puts in place of which package: next.config.ts says the same. */
const alias = Object.fromEntries(
  Object.entries(doors).flatMap(([door, file]) =>
    door.startsWith('./lean/') ? [[door.slice('./lean/'.length), fileURLToPath(new URL(file, home))]] : [],
  ),
)

describe('a link by simple-peer without its stream', () => {
  let folder: string
  let lean: ReturnType<typeof simplePeerLinks>
  const usual = simplePeerLinks(wrtc as unknown as Rtc)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
    const outfile = join(folder, 'simple-peer-link.mjs')
    const entry = fileURLToPath(new URL('../simple-peer-link.ts', import.meta.url))
    const { metafile } = await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'browser',
      define: { global: 'globalThis' },
      alias,
      metafile: true,
    })
    expect(
      Object.keys(metafile.inputs).filter((path) => /readable-stream\/|node_modules\/buffer\//.test(path)),
    ).toEqual([])
    const built = (await import(pathToFileURL(outfile).href)) as { simplePeerLinks: typeof simplePeerLinks }
    lean = built.simplePeerLinks(wrtc as unknown as Rtc)
  })
  afterAll(() => rm(folder, { recursive: true }))

  // This WebRTC has no marks: those are shown in browsers (e2e/storage.spec.ts).
  const withoutMarks = linkChecks.filter(({ name }) => !name.includes('mark'))
  it.each(withoutMarks)('$name', async ({ run }) => {
    await expect(run({ ...bench, a: lean, b: lean })).resolves.toBeUndefined()
  })

  it.each(withoutMarks)('with one that has its stream: $name', async ({ run }) => {
    await expect(run({ ...bench, a: lean, b: usual })).resolves.toBeUndefined()
    await expect(run({ ...bench, a: usual, b: lean })).resolves.toBeUndefined()
  })
})
