// A link that was damaged on its way gets a sentence and a way on.
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { notice, share, snapshot, transfer, waitForPhase } from './support/people'
import { expect, test } from './support/test'

const SOUND = 'QkFEIExJTktTIEdFVCBBIENMRUFSIFNFTlRFTkNFLi4'

test('a link that is cut off, too long or mistyped is explained, with a way on', async ({ page }) => {
  for (const [id, sentence] of [
    [SOUND.slice(0, 38), 'The link is cut off: it has 38 of 43 characters after the #.'],
    [`${'A'.repeat(42)}BB`, 'The link is too long: it has 44 characters after the #, not 43.'],
    [`${SOUND.slice(0, 20)}%20${SOUND.slice(21)}`, 'it has a character that no link has.'],
    [`${SOUND.slice(0, 42)}_`, 'its last character cannot be right.'],
  ] as const) {
    await page.goto(`/#${id}`)
    await expect(notice(page)).toContainText(sentence)
    await expect(notice(page)).toContainText('Copy the whole link again, or ask the sender for it.')
    await expect(transfer(page)).toHaveCount(0)

    await page.getByRole('link', { name: 'Share something yourself' }).click()
    await expect(page.getByRole('heading', { name: 'Share a file by link' })).toBeVisible()
  }
})

test('a link with one character changed waits in words, and the right one works in its place', async ({
  page,
  context,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/plan.bin'), CHUNK_BYTES))
  const at = link.indexOf('#') + 1
  const changed = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1)

  const receiver = await context.newPage()
  await receiver.goto(changed)
  await expect(receiver.getByText('Nobody who has it is online.')).toBeVisible()
  await expect(receiver.getByText('If it never does, ask for the link again.')).toBeVisible()
  expect(await snapshot(receiver)).toMatchObject({ phase: 'connecting', tracker: 'online', swarmSize: 1 })
  expect((await snapshot(page)).neighbours).toEqual([])

  // As if the right link were pasted over the wrong one: only the fragment changes, and nothing is loaded again.
  await receiver.goto(link)
  await waitForPhase(receiver, 'ready')
})
