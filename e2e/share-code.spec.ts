// A code that is read aloud: who types it has the link; who types another is told why not, and the sender sees it.
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { codeOn, expectSaved, share, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'

test('a code typed on the start page brings the file; wrong ones are told so, and use it up', async ({
  page,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/trip.bin'), CHUNK_BYTES)
  const link = await share(page, path)
  const code = await codeOn(page)
  expect(await page.evaluate(() => window.swarmdrop.snapshot()[0]?.code)).toBe(code)
  const [number = '', first = '', second = ''] = code.split('-')
  const [otherWord = '', another = ''] = ['zebra', 'walnut', 'tulip'].filter((word) => word !== second)

  const receiver = await (await newPerson()).newPage()
  await receiver.goto('/')
  const field = receiver.getByTestId('paste-link')
  await field.fill(`${number}-${first}-orbitt`)
  await expect(receiver.getByText('No code has the word “orbitt”. Did you mean “orbit”?')).toBeVisible()
  await field.fill(`98765-${first}-${second}`)
  await expect(receiver.getByText('Nobody with this code is online.')).toBeVisible()
  await field.fill(`${number}-${first}-${otherWord}`)
  await expect(receiver.getByText('The words are not right.')).toBeVisible()
  await expect(page.getByText('So far: 1 wrong try.')).toBeVisible()

  await field.fill(` ${number} ${first.toUpperCase()} ${second}`)
  await waitForPhase(receiver, 'ready')
  expect(receiver.url()).toBe(link)
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)

  const guesser = await (await newPerson()).newPage()
  await guesser.goto('/')
  const guesses = guesser.getByTestId('paste-link')
  await guesses.fill(`${number}-${first}-${another}`)
  for (let tries = 2; tries < 5; tries++) {
    await expect(page.getByText(`So far: ${tries} wrong tries.`)).toBeVisible()
    await guesser.getByRole('button', { name: 'Try again' }).click()
  }
  await expect(guesser.getByText('This code is used up')).toBeVisible()
  await expect(page.getByText('This is a new code: the old one was replaced after five wrong tries.')).toBeVisible()
  const next = await codeOn(page)
  expect(next).not.toBe(code)
  await guesses.fill(next)
  await waitForPhase(guesser, 'ready')
})
