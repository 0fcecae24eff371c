// People come and go in the middle of it.
import { MIB, randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import {
  expectSaved,
  openLink,
  setLimit,
  share,
  startDownload,
  waitForChunks,
  waitForNeighbours,
  waitForPhase,
} from './support/people'
import { test } from './support/test'

const BYTES = 12 * MIB
const HALF = BYTES / CHUNK_BYTES / 2

test('one leaves half-way and one comes late, and all others complete', async ({
  page,
  context,
  newPerson,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/album.bin'), BYTES)
  const link = await share(page, path)
  const join = async (profile = context) => {
    const receiver = await profile.newPage()
    await openLink(receiver, link)
    return receiver
  }
  const [leaver, ...stayers] = await Promise.all([join(), join(), join()])
  for (const receiver of [leaver, ...stayers]) {
    await setLimit(receiver, 'download', '3000')
    await startDownload(receiver)
  }

  await waitForChunks(leaver, HALF)
  await leaver.close()
  // In a browser of its own: in the leaver's, it would go on from what that one has kept.
  const newcomer = await join(await newPerson())
  await startDownload(newcomer)
  await waitForNeighbours(newcomer, 3)

  for (const receiver of [...stayers, newcomer]) {
    await waitForPhase(receiver, 'complete')
    await expectSaved(receiver, path)
  }
})
