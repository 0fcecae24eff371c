// Between two homes: real browsers behind real routers, which hide their addresses as browsers do, and `npm start` on
// the open network as it comes. The table of what must work is in support/homes-table.ts.
import type { BrowserContext, Page } from '@playwright/test'
import { randomFile } from '../tooling/files'
import { overIpv6 } from './support/homes'
import { expect, test } from './support/homes-fixture'
import { type Extra, type HomesRow, homesTable, titleOf } from './support/homes-table'
import { joinRoom, openRoom, setUp, smallLab, waitForLab } from './support/lab'
import { setLimit, share, snapshot, startDownload, waitForChunks, waitForPhase } from './support/people'
import type { RouterKind } from './support/router'
import { watchWays, wayOf } from './support/way'

/** Four chunks: the first is what counts, and the others show that it goes on. */
const FILE_BYTES = 1_000_000
/** Times are wanted of a machine that is not busy with two browsers, a tracker and the network between them. */
const MARGIN = 1.5

/** The seconds from opening the link to the first chunk; Download is pressed as soon as it is there. */
async function secondsToFirstChunk(receiver: Page, link: string): Promise<number> {
  const openedAt = performance.now()
  await receiver.goto(link)
  await waitForPhase(receiver, 'ready')
  await startDownload(receiver)
  await waitForChunks(receiver, 1)
  return (performance.now() - openedAt) / 1000
}

async function expectProblemTold(sender: Page, receiver: Page, link: string, withinSeconds: number): Promise<void> {
  const timeout = withinSeconds * 1000 * MARGIN
  await receiver.goto(link)
  for (const page of [receiver, sender]) {
    await expect(page.getByTestId('connection-problem')).toBeVisible({ timeout })
    expect(await snapshot(page)).toMatchObject({ connectionProblem: expect.stringMatching(/\w/) })
  }
}

/** What the page says of it must be what its browser's connections are. */
async function expectWay(page: Page, way: HomesRow['way']): Promise<void> {
  expect(await wayOf(page)).toBe(way)
  const told = (await snapshot(page)).neighbours.flatMap((neighbour) => ('way' in neighbour ? [neighbour.way] : []))
  if (told.length > 0) expect(told).toContain(way)
}

// Their routers are made once, so one after another; alongside other tests, as they mostly wait. (The file's name comes
// first, so that they begin first: a last one that waits alone would keep everybody.)
test.describe.configure({ mode: 'default' })

test.describe('homes', () => {
  const check = (row: HomesRow) =>
    test(titleOf(row), async ({ personIn, trackerWith }, testInfo) => {
      const home = await trackerWith(row.extras)
      const sender = await pageOf(await personIn(0, row.sender))
      const receiver = await pageOf(await personIn(1, row.receiver))
      const link = await share(sender, randomFile(testInfo.outputPath('sent/film.bin'), FILE_BYTES), 'file', home)
      if (row.way === 'none') return expectProblemTold(sender, receiver, link, row.withinSeconds)
      const seconds = await secondsToFirstChunk(receiver, row.receiver === 'ipv6' ? overIpv6(link) : link)
      await waitForPhase(receiver, 'complete')
      testInfo.annotations.push({ type: 'first chunk', description: `${seconds.toFixed(1)} s` })
      console.info(`${titleOf(row)}: ${seconds.toFixed(1)} s`)
      await expectWay(receiver, row.way)
      expect(seconds).toBeLessThan(row.withinSeconds * MARGIN)
    })
  const isProxied = ({ extras }: HomesRow) => extras.includes('no-upgrade')

  for (const row of homesTable.filter((one) => !isProxied(one))) check(row)

  test.describe('where WebSockets are blocked', () => {
    // The browser says so itself, and nobody can keep it from it.
    test.use({ allowedComplaint: /^WebSocket connection to '[^']*' failed/ })
    for (const row of homesTable.filter(isProxied)) check(row)

    test('a room is opened and entered by polls, and peers of one page are not in each other’s way', async ({
      personIn,
      trackerWith,
    }) => {
      const home = await trackerWith(['no-upgrade'])
      const teacher = await pageOf(await personIn(0, 'cone'))
      const student = await pageOf(await personIn(1, 'udp-blocked'))
      const code = await openRoom(teacher, home)
      // Each has a line of its own, and the browser opens six connections to a server.
      await setUp(teacher, { ...smallLab, peers: 8, megabytes: 1, mode: 'p2p' })
      await teacher.getByTestId('lab-start').click()
      await waitForLab(teacher, 'done', 25_000)
      await joinRoom(student, code, 'Ada', home)
      await expect(teacher.getByTestId('lab-students')).toHaveText('1 student: Ada')
    })
  })

  test('one of three receivers has no UDP: all complete, and it passes on too', async ({
    personIn,
    trackerWith,
  }, testInfo) => {
    const home = await trackerWith([])
    const sender = await pageOf(await personIn(0, 'cone'))
    const link = await share(sender, randomFile(testInfo.outputPath('sent/film.bin'), 4 * FILE_BYTES), 'file', home)
    // The others must need each other.
    await setLimit(sender, 'upload', '600')
    const receivers: Page[] = []
    for (const [number, kind] of (['cone', 'cone', 'udp-blocked'] as const).entries())
      receivers.push(await pageOf(await personIn(number + 1, kind)))
    await Promise.all(
      receivers.map(async (receiver) => {
        await receiver.goto(link)
        await waitForPhase(receiver, 'ready')
      }),
    )
    const [direct, second, blocked] = receivers
    if (!direct || !second || !blocked) throw new Error('There were three.')
    // It has something that the others lack, however busy the machine.
    await startDownload(blocked)
    await waitForChunks(blocked, 4)
    for (const receiver of [direct, second]) await startDownload(receiver)
    for (const receiver of receivers) await waitForPhase(receiver, 'complete')
    expect(await wayOf(direct)).toBe('direct')
    expect(await wayOf(blocked)).toBe('server')
    expect((await snapshot(blocked)).uploadedBytes).toBeGreaterThan(0)
  })

  test('the connection check says what each network lets through, and what that means', async ({
    personIn,
    trackerWith,
  }) => {
    for (const [kind, extras, title, lines] of checkTable) {
      const page = await pageOf(await personIn(0, kind))
      await page.goto(`${await trackerWith(extras)}check`)
      await expect(page.getByTestId('check')).toHaveAttribute('data-phase', 'done', { timeout: 10_000 * MARGIN })
      await expect(page.getByTestId('check-verdict')).toContainText(title)
      for (const [line, tone] of Object.entries(lines))
        await expect(page.locator(`[data-testid=check-line][data-line=${line}]`)).toHaveAttribute('data-tone', tone)
      await page.close()
    }
  })
})

async function pageOf(person: BrowserContext): Promise<Page> {
  await watchWays(person)
  return person.newPage()
}

/** What the connection check of a home says, and the tone of the lines that tell it from others. */
const checkTable: [RouterKind, Extra[], string, Record<string, string>][] = [
  ['cone', [], 'Files will reach you directly', { public: 'good', direct: 'good', 'through-server': 'good' }],
  ['udp-blocked', [], 'Only through the server: slower', { public: 'bad', turn: 'fine', 'through-server': 'good' }],
]
