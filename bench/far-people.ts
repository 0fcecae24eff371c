// People at the ends of a long path, each with a browser: the first has the tracker too. Knows nothing of what is measured.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { LongPath, type PathShape } from '../tooling/long-path/long-path'
import { TrackerProcess } from '../tooling/tracker-process'
import { ensureWebBuilt } from '../tooling/web-build.mjs'
import { openBrowser } from './product'

/** `browsers`: one an end. `folder`: for files that are shared; gone afterwards. */
export type FarPeople = { path: LongPath; url: string; browsers: BrowserContext[]; folder: string }

/** Starts all, and ends it when `use` has. Rejects with `NoLongPath` where this machine does not allow one. */
export async function withFarPeople<T>(
  shape: PathShape,
  count: number,
  use: (people: FarPeople) => Promise<T>,
): Promise<T> {
  await ensureWebBuilt()
  const path = await LongPath.open(shape, count)
  const folder = await mkdtemp(join(tmpdir(), 'swarmdrop-bench-'))
  const browsers: BrowserContext[] = []
  let tracker: TrackerProcess | undefined
  try {
    const [first] = path.ends
    tracker = await TrackerProcess.onFreePort({ HOST: first?.address ?? '' }, first?.namespace.within)
    for (const [number, { namespace }] of path.ends.entries()) {
      const launch = namespace.chromiumOptions(join(folder, `chromium-${number}`), { hidesAddresses: false })
      // As it would be by HTTPS: with a digest and a disk.
      const secure = `--unsafely-treat-insecure-origin-as-secure=${new URL(tracker.url).origin}`
      browsers.push(await openBrowser(folder, { ...launch, args: [...(launch.args ?? []), secure] }))
    }
    return await use({ path, url: tracker.url, browsers, folder })
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()))
    await tracker?.kill()
    path.close()
    await rm(folder, { recursive: true })
  }
}
