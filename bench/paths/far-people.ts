// People at the ends of a long path, and the tracker at the first. Knows nothing of what is measured.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { LongPath, type PathEnd, type PathShape } from '../../tooling/long-path/long-path'
import { PathProbe } from '../../tooling/long-path/probe'
import { TrackerProcess } from '../../tooling/tracker-process'
import { ensureWebBuilt } from '../../tooling/web-build.mjs'
import { openBrowser } from '../product'

/** What must be closed at the end, the last first. */
type Closing = () => unknown

export class FarPeople {
  readonly #closing: Closing[] = []

  private constructor(
    readonly path: LongPath,
    readonly url: string,
    /** A folder for files that are shared; gone afterwards. */
    readonly folder: string,
  ) {}

  /**
   * Opens pages for `use`, and ends all when that has. Rejects with `NoLongPath` where this machine does not allow one.
   */
  static async meet<T>(shape: PathShape, count: number, use: (people: FarPeople) => Promise<T>): Promise<T> {
    await ensureWebBuilt()
    const closing: Closing[] = []
    try {
      const path = await LongPath.open(shape, count)
      closing.push(() => path.close())
      const folder = await mkdtemp(join(tmpdir(), 'swarmdrop-bench-'))
      closing.push(() => rm(folder, { recursive: true }))
      const [first] = path.ends as [PathEnd]
      const tracker = await TrackerProcess.onFreePort({ HOST: first.address }, first.namespace.within)
      closing.push(() => tracker.kill())
      const people = new FarPeople(path, tracker.url, folder)
      closing.push(() => people.#close())
      return await use(people)
    } finally {
      for (const close of closing.reverse()) await close()
    }
  }

  get first(): PathEnd {
    return this.path.ends[0] as PathEnd
  }

  get last(): PathEnd {
    return this.path.ends.at(-1) as PathEnd
  }

  /** Closed before the rest is. */
  closeWith(close: Closing): void {
    this.#closing.push(close)
  }

  async probe(): Promise<PathProbe> {
    const probe = await PathProbe.start(this.path.ends)
    this.closeWith(() => probe.close())
    return probe
  }

  /** A Chromium at that end. */
  async chromium({ namespace, address }: PathEnd): Promise<BrowserContext> {
    const wrapper = join(this.folder, `chromium-${address}`)
    const launch = namespace.chromiumOptions(wrapper, { hidesAddresses: false, trusted: this.url })
    const browser = await openBrowser(this.folder, launch)
    this.closeWith(() => browser.close())
    return browser
  }

  async #close(): Promise<void> {
    await Promise.all(this.#closing.map((close) => close()))
  }
}
