// Drops files and folders of the disk on a page, as a file manager does. Chromium alone.
import type { Page } from '@playwright/test'

export async function drop(page: Page, paths: readonly string[]): Promise<void> {
  await page.bringToFront()
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data })
  await session.detach()
}
