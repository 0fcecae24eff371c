// A browser that blocks cookies and storage for all sites, by its own setting: everything works, in memory, and the
// page says so. (In Firefox: firefox-blocked.spec.ts.)
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIB, randomFile } from '../tooling/files'
import { testChromium } from '../tooling/test-chromium'
import { expectSaved, openLink, share, snapshot, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

// The shell has no settings.
test.use({ launchOptions: testChromium('whole') })

const BLOCKED = 'Your browser blocks cookies and storage for this site, so the file is kept in memory'

test('Chromium that blocks all cookies fetches into memory at the first click, says so, shares, and claims no other tab', async ({
  page,
  newPerson,
  playwright,
  launchOptions,
  baseURL,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/lecture.bin'), 2 * MIB)
  const link = await share(page, path)
  const folder = testInfo.outputPath('profile')
  mkdirSync(join(folder, 'Default'), { recursive: true })
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } }
  writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify(preferences))
  const options = { ...launchOptions, baseURL: baseURL ?? '' }
  const blocked = await playwright.chromium.launchPersistentContext(folder, options)
  try {
    const receiver = await blocked.newPage()
    receiver.on('dialog', (dialog) => dialog.accept())
    // Twice: the second visit of a tab must not take the first for another tab.
    for (const visit of ['first', 'second']) {
      await openLink(receiver, link)
      await expect(receiver.getByText(`${BLOCKED}: what you download is lost`), visit).toBeVisible()
      await startDownload(receiver)
      await waitForPhase(receiver, 'complete')
      const { keeping, notKept, problem } = await snapshot(receiver)
      expect({ keeping, notKept, problem }).toEqual({ keeping: 'while-open', notKept: 'refused' })
      await expect(receiver.getByText(`${BLOCKED}: what has arrived is lost`)).toBeVisible()
      await expectSaved(receiver, path)
      await receiver.goto('about:blank')
    }
    const own = await share(receiver, randomFile(testInfo.outputPath('sent/own.bin'), MIB))
    await openLink(await (await newPerson()).newPage(), own)
  } finally {
    await blocked.close()
  }
})
