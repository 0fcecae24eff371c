// How much memory a page takes at its worst: in JavaScript, and as a process. Knows nothing of what the page does.
//
// Each page watched should be alone in its browser: its process is told by being the largest of the renderers.
import { readFile } from 'node:fs/promises'
import type { CDPSession, Page } from '@playwright/test'

const SAMPLE_MS = 100
/** A collection holds its thread up for some milliseconds. */
const COLLECTED_SAMPLE_MS = 500

export type PeakMemory = {
  /** Objects of the page's own thread: what `Performance.getMetrics` calls JSHeapUsedSize. */
  heapBytes: number
  /**
   * The page's objects, the workers' objects, and the bytes of all their buffers; also garbage, unless it is collected
   * before each look.
   */
  heapAndBuffersBytes: number
  /** The memory of the page's process, with its workers and the browser's own code that is mapped into it. */
  residentBytes: number
}

type HeapUsage = { usedSize: number; backingStorageSize: number }

export class MemoryWatch {
  readonly #page: CDPSession
  readonly #browser: CDPSession
  readonly #workers = new Map<string, HeapUsage>()
  /** Workers that have not answered yet: a busy one is not asked twice. */
  readonly #asked = new Set<string>()
  readonly #peak: PeakMemory = { heapBytes: 0, heapAndBuffersBytes: 0, residentBytes: 0 }
  #sampling: Promise<void> | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  readonly #collects: boolean

  private constructor(page: CDPSession, browser: CDPSession, collects: boolean) {
    this.#collects = collects
    this.#page = page
    this.#browser = browser
  }

  /**
   * Looks ten times a second from now on, and counts garbage. `collecting`: twice, and collects it before, so that
   * what is left is what somebody holds. Undefined where there is no /proc to look into.
   */
  static async of(page: Page, garbage: 'counting' | 'collecting' = 'counting'): Promise<MemoryWatch | undefined> {
    const browser = page.context().browser()
    if (process.platform !== 'linux' || browser === null) return undefined
    const collects = garbage === 'collecting'
    const watch = new MemoryWatch(
      await page.context().newCDPSession(page),
      await browser.newBrowserCDPSession(),
      collects,
    )
    await watch.#attachToWorkers()
    watch.#timer = setInterval(() => watch.#sampleOnce(), collects ? COLLECTED_SAMPLE_MS : SAMPLE_MS)
    return watch
  }

  /** The worst since `of`. */
  async peak(): Promise<PeakMemory> {
    await this.#sampling
    await this.#sample()
    return { ...this.#peak }
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #sampleOnce(): void {
    // A page that is busy answers late: it is not asked twice at once. One that is closed does not answer.
    this.#sampling ??= this.#sample()
      .catch(() => {})
      .finally(() => {
        this.#sampling = undefined
      })
  }

  async #sample(): Promise<void> {
    if (this.#collects) await this.#page.send('HeapProfiler.collectGarbage')
    this.#askWorkers()
    const [page, residentBytes] = await Promise.all([this.#page.send('Runtime.getHeapUsage'), this.#residentBytes()])
    const heaps = [page as HeapUsage, ...this.#workers.values()]
    const all = heaps.reduce((sum, { usedSize, backingStorageSize }) => sum + usedSize + backingStorageSize, 0)
    const peak = this.#peak
    peak.heapBytes = Math.max(peak.heapBytes, page.usedSize)
    peak.heapAndBuffersBytes = Math.max(peak.heapAndBuffersBytes, all)
    peak.residentBytes = Math.max(peak.residentBytes, residentBytes)
  }

  /** The kernel keeps the highest mark of each process, so that nothing falls between two samples. */
  async #residentBytes(): Promise<number> {
    const { processInfo } = await this.#browser.send('SystemInfo.getProcessInfo')
    const renderers = processInfo.filter(({ type }) => type === 'renderer')
    return Math.max(...(await Promise.all(renderers.map(({ id }) => highestResidentBytes(id)))))
  }

  /**
   * Playwright gives no session of a worker, so these are spoken to through the page's. An answer counts in the sample
   * after it; the last one of a busy worker, until it gives another.
   */
  async #attachToWorkers(): Promise<void> {
    this.#page.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') this.#workers.set(sessionId, { usedSize: 0, backingStorageSize: 0 })
    })
    this.#page.on('Target.detachedFromTarget', ({ sessionId }) => this.#workers.delete(sessionId))
    this.#page.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      const { result } = JSON.parse(message) as { result?: Partial<HeapUsage> }
      if (result?.usedSize === undefined || !this.#workers.has(sessionId)) return
      this.#asked.delete(sessionId)
      this.#workers.set(sessionId, result as HeapUsage)
    })
    await this.#page.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  }

  #askWorkers(): void {
    const methods = [...(this.#collects ? ['HeapProfiler.collectGarbage'] : []), 'Runtime.getHeapUsage']
    for (const sessionId of this.#workers.keys()) {
      if (this.#asked.has(sessionId)) continue
      this.#asked.add(sessionId)
      for (const method of methods) {
        const message = JSON.stringify({ id: 1, method })
        // One that has just ended does not answer.
        void this.#page.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => {})
      }
    }
  }
}

/** 0 for a process that has just ended. */
async function highestResidentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}
