// How long a page's thread stands still at a stroke, by the browser's own count of long tasks. Chromium alone. Knows
// nothing of what the page does.
import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Milliseconds, of each task that was long. */
    longTasks: number[]
  }
}

export const StillWatch = {
  /** To be called before the page goes anywhere: what measures lives in the page. */
  prepare: (page: Page): Promise<unknown> => page.addInitScript(noteLongTasks),

  /** The longest since it was asked last, or since the page was opened; 0 where no task took 50 ms. */
  async take(page: Page): Promise<number> {
    // A long task is told in a later one.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
    return page.evaluate(() => Math.max(0, ...window.longTasks.splice(0)))
  },
}

/** Runs in the page. */
function noteLongTasks(): void {
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration)
  }).observe({ type: 'longtask' })
}
