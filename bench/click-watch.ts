// How soon a page answers real clicks, over and over, whatever else it does. Knows nothing of what that is.
import type { Page } from '@playwright/test'

const CLICK_EVERY_MS = 150
/** The shortest that a browser tells of, and what is counted for all that were quicker. */
const SHORTEST_MS = 16
/** A corner with nothing in it: a click there changes nothing, and waits for its turn as any. */
const CORNER = { x: 3, y: 3 }

declare global {
  interface Window {
    /** Milliseconds from each press, release or click to the frame that came after it was handled. */
    clickAnswers: number[]
  }
}

export class ClickWatch {
  readonly #page: Page
  readonly #clicking: Promise<void>
  #clicks = 0
  #isOver = false

  private constructor(page: Page) {
    this.#page = page
    // A page that has gone ends it; anyone who asks that page for its answers hears why.
    this.#clicking = this.#clickOn().catch(() => {})
  }

  /** To be called before the page goes anywhere: what measures lives in the page. */
  static async prepare(page: Page): Promise<void> {
    await page.addInitScript(noteAnswers, SHORTEST_MS)
  }

  static start(page: Page): ClickWatch {
    return new ClickWatch(page)
  }

  /** The answers so far, in milliseconds; emptied by each call. */
  async take(): Promise<ClickAnswers> {
    const slow = await this.#page.evaluate(() => window.clickAnswers.splice(0))
    const clicks = this.#clicks
    this.#clicks = 0
    // Each click is three events, of which the page tells those that took long enough.
    const sorted = [...slow, ...Array(Math.max(0, 3 * clicks - slow.length)).fill(SHORTEST_MS)].sort((a, b) => a - b)
    return {
      count: clicks,
      worstMs: sorted.at(-1) ?? Number.NaN,
      p99Ms: sorted[Math.ceil(0.99 * sorted.length) - 1] ?? Number.NaN,
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#clicking
  }

  async #clickOn(): Promise<void> {
    while (!this.#isOver) {
      await this.#page.mouse.click(CORNER.x, CORNER.y)
      this.#clicks += 1
      await new Promise((resolve) => setTimeout(resolve, CLICK_EVERY_MS))
    }
  }
}

export type ClickAnswers = { count: number; worstMs: number; p99Ms: number }

/**
 * Runs in the page. By Event Timing, as for INP: from the browser's time of the input until what follows from it is
 * painted.
 */
function noteAnswers(durationThreshold: number): void {
  window.clickAnswers = []
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (['pointerdown', 'pointerup', 'click'].includes(name)) window.clickAnswers.push(duration)
  }).observe({ type: 'event', durationThreshold } as PerformanceObserverInit)
}
