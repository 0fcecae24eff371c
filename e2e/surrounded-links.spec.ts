// A link that chats, mail programs and people have put something round opens all the same, and one that is pasted does
// too.
import type { Page } from '@playwright/test'
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { fetchAll, notice, share, snapshot, transfer, waitForPhase } from './support/people'
import { expect, test } from './support/test'

const ID = 'QkFEIExJTktTIEdFVCBBIENMRUFSIFNFTlRFTkNFLi4'

/** Pastes a text, as Ctrl+V with it on the clipboard does. */
const paste = (page: Page, text: string) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData }))
  }, text)

test('the id is taken out of what surrounds it, and the address is tidy again', async ({ page, baseURL }) => {
  for (const path of [
    `/#${ID}.`,
    `/#${ID})`,
    `/#<${ID}>`,
    `/#${ID}&fbclid=IwAR0abc_def`,
    `/#${ID}\u200b`,
    `/?fbclid=x#${ID}`,
    `/?utm_source=x%23${ID}`,
    `/%23${ID}`,
    `/%2523${ID}.`,
  ])
    await test.step(path, async () => {
      await page.goto('about:blank')
      await page.goto(path)
      await expect(transfer(page)).toBeVisible()
      await expect(page).toHaveURL(`${baseURL}/#${ID}`)
      expect((await snapshot(page)).link).toBe(`${baseURL}/#${ID}`)
    })
})

test.describe('where the browser tells its console of the answer 404', () => {
  test.use({ allowedComplaint: /404/ })

  test('a link that has lost its # opens, and an address that is none says so', async ({ page, baseURL }) => {
    await page.goto(`/${ID}`)
    await expect(transfer(page)).toBeVisible()
    await expect(page).toHaveURL(`${baseURL}/#${ID}`)
    await page.goto('/nothing')
    await expect(notice(page)).toContainText('Page not found')
  })
})

test('a room’s link with its # encoded, and a full stop behind it, opens the room’s page', async ({
  page,
  baseURL,
}) => {
  await page.goto('/lab%23K7P2QX.')
  await expect(page).toHaveURL(`${baseURL}/lab#K7P2QX.`)
  await expect(page.getByTestId('lab-name')).toBeVisible()
})

test('a link that is pasted opens, in its field and anywhere on the start page', async ({
  page,
  newPerson,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/plan.bin'), CHUNK_BYTES))
  const receiver = await (await newPerson()).newPage()
  await receiver.goto('/')
  const field = receiver.getByTestId('paste-link')
  await field.fill(`It is at ${link.slice(0, -3)}`)
  await expect(receiver.getByText('The link is cut off: it has 40 of 43 characters after the #.')).toBeVisible()
  await field.fill(`It is at ${link}.`)
  await waitForPhase(receiver, 'ready')

  await receiver.goBack()
  await expect(field).toHaveValue('')
  await paste(receiver, 'Nothing of interest')
  await expect(field).toHaveValue('')
  await paste(receiver, `<${link}>`)
  await waitForPhase(receiver, 'ready')
  await fetchAll(receiver, link)
})

test('a link of another server says where it opens', async ({ page, baseURL }) => {
  await page.goto('/')
  await expect(page.getByTestId('paste-link')).toBeVisible()
  await paste(page, `https://drop.example.org/files/#${ID}`)
  await expect(notice(page)).toContainText('It was made at drop.example.org.')
  const there = notice(page).getByRole('link', { name: 'Open it there' })
  await expect(there).toHaveAttribute('href', `https://drop.example.org/files/#${ID}`)
  await notice(page).getByRole('button', { name: 'Try it here' }).click()
  await expect(page).toHaveURL(`${baseURL}/#${ID}`)
})
