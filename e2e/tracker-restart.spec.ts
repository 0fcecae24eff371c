// The tracker dies and comes back: data does not pass through it.
import { MIB, randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { joinRoom, labResults, openRoom, setUp, smallLab, waitForLab } from './support/lab'
import {
  expectSaved,
  fetchPart,
  openLink,
  setLimit,
  share,
  snapshot,
  startDownload,
  waitForChunks,
  waitForNeighbours,
  waitForPhase,
} from './support/people'
import { test as base, expect } from './support/test'
import { TrackerProcess } from './support/tracker-process'

const test = base.extend<{ tracker: TrackerProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  tracker: async ({}, use) => {
    const tracker = await TrackerProcess.onFreePort()
    await use(tracker)
    await tracker.kill()
  },
})

// The browser itself complains of a server that is gone.
test.use({ allowedComplaint: /socket\.io.* failed|ERR_CONNECTION_REFUSED/ })

test('a transfer goes on while the tracker is dead, and newcomers join when it is back', async ({
  page,
  context,
  tracker,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/series.bin'), 12 * MIB)
  const link = await share(page, path, 'file', tracker.url)
  const receiver = await context.newPage()
  await fetchPart(receiver, link, 1500, 4)

  await tracker.kill()
  await expect(receiver.getByText('Introductions are offline; running transfers go on.')).toBeVisible()
  const { chunksHeld } = await snapshot(receiver)
  await waitForChunks(receiver, chunksHeld + 8)
  expect(await snapshot(receiver)).toMatchObject({ tracker: 'offline', phase: 'downloading' })

  await tracker.start()
  for (const each of [page, receiver]) await expect.poll(async () => (await snapshot(each)).tracker).toBe('online')
  const newcomer = await context.newPage()
  await openLink(newcomer, link)
  // Sender and receiver have new ids now, and are still one neighbour each.
  await waitForNeighbours(newcomer, 2)
  await waitForNeighbours(receiver, 2)
  await setLimit(receiver, 'download', '')
  await startDownload(newcomer)
  for (const each of [receiver, newcomer]) {
    await waitForPhase(each, 'complete')
    await expectSaved(each, path)
  }
})

test('a page that waits says that the tracker is away, and finds the sender when it is back', async ({
  page,
  context,
  tracker,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/list.bin'), CHUNK_BYTES), 'file', tracker.url)
  const receiver = await context.newPage()
  // The page itself comes from the same server, so the wrong link first: it is loaded and finds nobody.
  const at = link.indexOf('#') + 1
  await receiver.goto(`${link.slice(0, at)}${'A'.repeat(43)}`)
  await expect(receiver.getByText('Nobody who has it is online.')).toBeVisible()

  await tracker.kill()
  await receiver.goto(link)
  await expect(receiver.getByText('The server that introduces people cannot be reached.')).toBeVisible()
  await expect(receiver.getByText('This page keeps trying.')).toBeVisible()

  await tracker.start()
  await waitForPhase(receiver, 'ready')
})

test('a class’s run goes on, and its room is back under the same code with everybody in it', async ({
  page,
  newPerson,
  tracker,
}) => {
  const code = await openRoom(page, tracker.url)
  const ada = await (await newPerson()).newPage()
  await joinRoom(ada, code, 'Ada', tracker.url)
  await setUp(page, { ...smallLab, peers: 2, megabytes: 5, peerKilobytesPerSecond: 300, mode: 'p2p' })
  await page.getByTestId('lab-server-upload').fill('500')
  await page.getByTestId('lab-start').click()
  await waitForLab(page, 'running')
  await tracker.kill()
  await expect(page.getByText('The connection to the room is lost.')).toBeVisible()
  await tracker.start()
  // Who reloads meanwhile has the same seat, the chunks held, and is waited for.
  await ada.reload()
  await waitForLab(page, 'done')
  const [result] = await labResults(page)
  expect(result?.names).toEqual(['Ada', 'Peer 1', 'Peer 2'])
  expect(result?.measured.peers.map(({ downloadedBytes }) => downloadedBytes)).toEqual(Array(3).fill(5e6))
  await expect(page.getByTestId('lab-code')).toHaveText(code)
  await expect(page.getByTestId('lab-students')).toHaveText('1 student: Ada')
})
