// A file is looked at while it comes, on a plain HTTP origin too: its start is asked for first.
import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { MIB } from './support/files'
import { expect, test } from './support/lan'
import { openLink, press, setLimit, share, snapshot } from './support/people'

/** Shares a file and looks at it before Download is pressed, over a slow line. */
async function lookAt(sender: Page, receiver: Page, path: string, home: string): Promise<void> {
  await openLink(receiver, await share(sender, path, 'file', home))
  await setLimit(receiver, 'download', '400')
  await press(receiver, 'look')
}

/** So much is still missing that it was not just waited for. */
async function expectHalfMissing(receiver: Page): Promise<void> {
  const { chunksHeld, chunkCount } = await snapshot(receiver)
  expect(chunksHeld).toBeLessThan(chunkCount / 2)
}

test('the start of a text is read when its first parts are here, markup as it is written', async ({
  page,
  newPerson,
  lan,
}, testInfo) => {
  const path = testInfo.outputPath('story.txt')
  writeFileSync(path, `<b>Once</b> upon a time${' there was'.repeat(MIB / 2)}`)
  const receiver = await (await newPerson()).newPage()
  await lookAt(page, receiver, path, lan)
  await expect(receiver.getByTestId('preview').getByText('<b>Once</b> upon a time there was')).toBeVisible()
  await expectHalfMissing(receiver)
})

test('a sound plays while it comes', async ({ page, newPerson, lan }, testInfo) => {
  const path = testInfo.outputPath('song.wav')
  writeFileSync(path, wav(6 * MIB))
  const receiver = await (await newPerson()).newPage()
  await lookAt(page, receiver, path, lan)
  const secondsPlayed = () => receiver.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime)
  await expect.poll(secondsPlayed).toBeGreaterThan(0.3)
  await expectHalfMissing(receiver)
})

/** Silence, 16 bits, two channels, 44.1 kHz: 1 MiB is 6 s. */
function wav(bytes: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(2, 22)
  head.writeUInt32LE(44_100, 24)
  head.writeUInt32LE(176_400, 28)
  head.writeUInt16LE(4, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(bytes, 40)
  // Not the same content in every run: no test meets the swarm of another.
  const samples = Buffer.alloc(bytes)
  samples.writeUInt32LE(Date.now() % 1e9, bytes - 4)
  return Buffer.concat([head, samples])
}
