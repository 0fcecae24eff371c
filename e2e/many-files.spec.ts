// A few thousand files: the page answers while it looks through them, Cancel takes effect at once wherever it is
// pressed, and too many are told before any is read.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drop } from '../tooling/drop'
import { StillWatch } from '../tooling/still-watch'
import { fetchAll, linkOn, notice, snapshot } from './support/people'
import { expect, test } from './support/test'

const COUNT = 2_500
/** Wide, as other tests run alongside. Before files were looked through in slices it was more than twice that. */
const STILL_MS = 400

function writeMany(folder: string, count: number, nameOf = (index: number) => `${index}.txt`): string {
  for (let index = 0; index < count; index++) {
    const inner = join(folder, `album ${index % 10}`)
    if (index < 10) mkdirSync(inner, { recursive: true })
    writeFileSync(join(inner, nameOf(index)), `file ${index}`)
  }
  return folder
}

test('thousands of dropped files can be cancelled while they are found and while they are read, and leave the page alive', async ({
  page,
  context,
}, testInfo) => {
  const folder = writeMany(testInfo.outputPath('my photos'), COUNT)
  await StillWatch.prepare(page)
  await page.goto('/')
  await expect(page.getByTestId('file-input')).toBeAttached()
  await StillWatch.take(page)

  for (const words of [/Looking (through|at each)/, / read$/]) {
    // Pressed by the page itself, the moment that it says so: a test would come too late.
    const pressed = page.evaluate(pressCancelAt, words.source)
    await drop(page, [folder])
    expect(await pressed).toBeLessThan(STILL_MS)
    await expect(page.getByTestId('folder-input')).toBeAttached()
    await expect(page.getByTestId('making')).toHaveCount(0)
  }

  await drop(page, [folder])
  const link = await linkOn(page)
  expect(await StillWatch.take(page)).toBeLessThan(STILL_MS)

  const receiver = await context.newPage()
  await StillWatch.prepare(receiver)
  await fetchAll(receiver, link)
  expect((await snapshot(receiver)).files).toHaveLength(COUNT)
  expect(await StillWatch.take(receiver)).toBeLessThan(STILL_MS)
})

test('more names than a link can carry are told before a file is opened', async ({ page }) => {
  // A folder of a million files, as the browser would give it: to write it on a disk takes minutes.
  await page.addInitScript(() => {
    const opened = { count: 0 }
    Object.assign(window, { opened })
    const file = (index: number) => ({
      kind: 'file',
      name: `${index}`.padStart(100, '0'),
      getFile: async () => {
        opened.count += 1
        return new File(['x'], 'x')
      },
    })
    const folder = {
      kind: 'directory',
      name: 'endless',
      async *values() {
        for (let index = 0; index < 1_000_000; index++) yield file(index)
      },
    }
    Object.assign(window, { showDirectoryPicker: async () => folder })
  })
  await page.goto('/')
  await page.getByText('Choose a folder').click()
  await expect(notice(page)).toContainText('There are too many files for one link')
  expect(await page.evaluate(() => (window as unknown as { opened: { count: number } }).opened.count)).toBe(0)
})

/** Runs in the page: presses Cancel when it says this, and gives the milliseconds until nothing is made any more. */
function pressCancelAt(words: string): Promise<number> {
  return new Promise((resolve) => {
    let pressedAt: number | undefined
    new MutationObserver((_, observer) => {
      const making = document.querySelector('[data-testid=making]')
      if (pressedAt === undefined) {
        if (!new RegExp(words).test(making?.textContent ?? '')) return
        pressedAt = performance.now()
        for (const button of document.querySelectorAll('button')) if (button.textContent === 'Cancel') button.click()
      } else if (!making) {
        observer.disconnect()
        resolve(performance.now() - pressedAt)
      }
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
}
