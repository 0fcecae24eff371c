// Whatever people call their files or themselves stays text on others' pages, and becomes a name that is safe to save.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { joinRoom, openRoom } from './support/lab'
import { openLink, save, share, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

const MARKUP = '<img src=x onerror=pwned=1>'

/**
 * No element was made of it, and nothing of it has run. The one script there is the page's own, which opens its line
 * early.
 */
async function expectOnlyText(page: Page): Promise<void> {
  await expect(page.locator('[src="x"], [onerror], main script:not(#early-line)')).toHaveCount(0)
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
}

test('file names full of markup are shown as they are, on both sides, and saved under safe ones', async ({
  page,
  context,
}, testInfo) => {
  const folder = testInfo.outputPath('sent')
  mkdirSync(folder, { recursive: true })
  const name = `${MARKUP}"'&amp;.txt`
  writeFileSync(join(folder, name), 'one')
  const link = await share(page, join(folder, name))
  await expect(page.getByRole('main')).toContainText(name)
  await expectOnlyText(page)
  const receiver = await context.newPage()
  await openLink(receiver, link)
  await expect(receiver.getByTestId('content-name')).toHaveText(name)
  await expectOnlyText(receiver)
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expectOnlyText(receiver)
  expect((await save(receiver)).name).toBe("_img src=x onerror=pwned=1__'&amp;.txt")
})

test('a list of such names is a list of texts', async ({ page, context }, testInfo) => {
  const folder = testInfo.outputPath('sent/<b>all')
  mkdirSync(folder, { recursive: true })
  for (const name of [`${MARKUP}.html`, '"><script>pwned=1<script>', "javascript:pwned=1'", 'CON.txt'])
    writeFileSync(join(folder, name), name)
  const link = await share(page, folder, 'folder')
  await expectOnlyText(page)
  const receiver = await context.newPage()
  await openLink(receiver, link)
  await expect(receiver.getByTestId('content-name')).toHaveText('<b>all')
  await expect(receiver.getByRole('main')).toContainText('"><script>pwned=1<script>')
  await expectOnlyText(receiver)
})

test("a student's name full of markup is a text on the teacher's wall", async ({ page, newPerson }) => {
  const code = await openRoom(page)
  const student = await (await newPerson()).newPage()
  await joinRoom(student, code, MARKUP)
  await expect(page.getByTestId('lab-students')).toContainText(MARKUP)
  await expectOnlyText(page)
  await expectOnlyText(student)
})
