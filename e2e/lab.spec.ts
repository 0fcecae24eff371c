// The laboratory: real peers in one page and in others, measured, and compared with theory and simulation.
import { statSync } from 'node:fs'
import { exported, joinRoom, labResults, openRoom, resultRows, setUp, smallLab, waitForLab } from './support/lab'
import { expect, test } from './support/test'

test('six peers in the page, both ways: peer-to-peer is faster, and all figures agree', { tag: '@alone' }, async ({
  page,
}) => {
  await openRoom(page)
  await setUp(page, smallLab)
  await page.getByTestId('lab-start').click()
  await waitForLab(page, 'done')

  const rows = await resultRows(page)
  expect(rows.map(({ mode, n }) => `${mode} ${n}`)).toEqual(['p2p 6', 'client-server 6'])
  const [p2p, clientServer] = rows
  expect(p2p?.measured).toBeLessThan((clientServer?.measured ?? 0) * 0.75)
  for (const { measured, bound, simulated, ratio } of rows) {
    // Nothing is faster than the bound.
    expect(measured).toBeGreaterThan(bound * 0.98)
    expect(simulated).toBeGreaterThan(bound * 0.98)
    expect(ratio).toBeCloseTo(measured / bound, 6)
  }
  expect(clientServer?.bound).toBeCloseTo((6 * 3e6) / 1.5e6, 3)
  // Of its twelve seconds, no more than two are lost, however busy the machine.
  expect(clientServer?.ratio).toBeLessThan(1.17)

  const results = await labResults(page)
  expect(JSON.parse(await exported(page, 'lab-export-json'))).toEqual(results)
  expect(results.map(({ measured }) => measured.distributionSeconds)).toEqual(rows.map(({ measured }) => measured))
  for (const { measured } of results) {
    expect(measured.peers.map(({ downloadedBytes }) => downloadedBytes)).toEqual(Array(6).fill(3e6))
    const last = Math.max(...measured.peers.map(({ completedAtSeconds }) => completedAtSeconds ?? Number.NaN))
    expect(last).toBe(measured.distributionSeconds)
    const given = measured.peers.reduce((sum, peer) => sum + peer.uploadedBytes, measured.serverUploadedBytes)
    expect(given).toBeGreaterThanOrEqual(6 * 3e6)
  }
  const [together, alone] = [p2p, clientServer].map((row) => `${row?.measured.toFixed(1)}.s`)
  // How many times as fast is said where the machine had time for it.
  await expect(page.getByTestId('lab-verdict')).toContainText(new RegExp(`Together ${together}, alone ${alone}`))
  // In client-server mode nobody but the server gives anything.
  expect(results[1]?.measured.peers.every(({ uploadedBytes }) => uploadedBytes === 0)).toBe(true)
  expect((await exported(page, 'lab-export-csv')).trim().split('\r\n')).toHaveLength(1 + 2 * 6)

  await page.getByTestId('lab-report').click()
  const report = await exported(page, 'lab-report-save')
  expect(report).toMatch(/Together .*, alone /)
  expect(report).toContain('<svg')
  expect(report).not.toContain('<script')
  await page.getByRole('button', { name: 'Back to the lab' }).click()

  await page.reload()
  await expect(page.getByTestId('lab-result')).toHaveCount(2)
  expect(await labResults(page)).toEqual(results)
  // Each run was kept whole, and is played.
  await page.getByTestId('lab-watch').first().click()
  const replay = page.getByTestId('lab-replay')
  await page.getByTestId('lab-scrub').focus()
  await page.keyboard.press('Home')
  await expect(replay).toContainText('1 server, 6 leechers.')
  await page.keyboard.press('End')
  await expect(replay).toContainText('1 server, 6 seeds.')
  await replay.getByRole('button', { name: 'Side by side' }).click()
  // On one clock, those who help each other are done while the server alone still serves.
  const over = (1_020 * (p2p?.measured ?? 0)) / (clientServer?.measured ?? 1)
  await page.getByTestId('lab-scrub').fill(String(Math.ceil(over)))
  await expect(replay.getByRole('region', { name: 'peer-to-peer' })).toContainText('1 server, 6 seeds.')
  await expect(replay.getByRole('region', { name: 'client-server' })).not.toContainText('1 server, 6 seeds.')
  // One run goes, and comes back with the session's file.
  await page.getByTestId('lab-session-name').fill('Tuesday')
  const buffer = Buffer.from(await exported(page, 'lab-save-session'))
  await page.getByTestId('lab-edit').first().click()
  await page.getByTestId('lab-run-delete').click()
  await expect(page.getByTestId('lab-result')).toHaveCount(1)
  await page.getByTestId('lab-import').setInputFiles({ name: 'tuesday.json', mimeType: 'application/json', buffer })
  await expect(page.getByTestId('lab-watch')).toHaveCount(2)
})

test('two students among the page’s peers: one reloads and is back with the chunks held, and the run waits', async ({
  page,
  newPerson,
}) => {
  const code = await openRoom(page)
  const ada = await (await newPerson()).newPage()
  const bob = await (await newPerson()).newPage()
  await joinRoom(ada, code, 'Ada')
  await joinRoom(bob, code, 'Bob')
  await expect(page.getByTestId('lab-students')).toHaveText(/Ada, Bob/)
  // Before a run, the pages find out for themselves who reaches whom.
  await page.getByTestId('lab-check-connections').click()
  await expect(page.getByTestId('lab-reach')).toHaveAttribute('data-phase', 'done')
  await expect(page.getByTestId('lab-reach')).toContainText('Everybody reaches everybody directly.')
  await expect(page.getByTestId('lab-reach-matrix').locator('[data-pair=direct]')).toHaveCount(3 * 2)
  await setUp(page, {
    ...smallLab,
    peers: 2,
    megabytes: 3,
    serverKilobytesPerSecond: 1_000,
    peerKilobytesPerSecond: 300,
    mode: 'p2p',
  })
  await page.getByTestId('lab-start').click()
  const progress = ada.getByRole('progressbar', { name: 'Your chunks' })
  await expect
    .poll(async () => Number(await progress.getAttribute('aria-valuenow')), { timeout: 40_000 })
    .toBeGreaterThan(25)
  const before = Number(await progress.getAttribute('aria-valuenow'))
  await ada.reload()
  // The first that is shown of the run again is not less than what was held.
  await expect(ada.getByTestId('lab-student')).toHaveAttribute('data-phase', 'running')
  await expect
    .poll(async () => Number(await progress.getAttribute('aria-valuenow')), { intervals: [50] })
    .toBeGreaterThan(0)
  expect(Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(before)
  await waitForLab(page, 'done')
  const [result] = await labResults(page)
  expect(result?.names).toEqual(['Ada', 'Bob', 'Peer 1', 'Peer 2'])
  expect(result?.measured.peers.map(({ downloadedBytes }) => downloadedBytes)).toEqual(Array(4).fill(3e6))
  expect(result?.measured.distributionSeconds).not.toBeNull()
  // Students serve each other and the page's peers.
  expect(result?.measured.peers[1]?.uploadedBytes).toBeGreaterThan(0)
  await expect(bob.getByTestId('lab-student')).toHaveAttribute('data-phase', 'over')
  // The known figure is drawn, and goes out as a picture.
  const [picture] = await Promise.all([page.waitForEvent('download'), page.getByTestId('lab-export-png').click()])
  expect(statSync(await picture.path()).size).toBeGreaterThan(5_000)
})

test('a teacher who reloads is back in the room, with its students and what was set', async ({ page, newPerson }) => {
  const code = await openRoom(page)
  const ada = await (await newPerson()).newPage()
  await joinRoom(ada, code, 'Ada')
  await setUp(page, { ...smallLab, peers: 2, megabytes: 1, mode: 'p2p' })
  await page.getByTestId('lab-repeat').fill('2')
  await page.reload()
  await expect(page.getByTestId('lab-code')).toHaveText(code)
  await expect(page.getByTestId('lab-students')).toHaveText(/Ada/)
  await expect(page.getByTestId('lab-page-peers')).toHaveAttribute('data-count', '2')
  await expect(page.getByTestId('lab-server-upload')).toHaveValue('1500')
  await page.getByTestId('lab-start').click()
  await waitForLab(page, 'done')
  expect((await labResults(page)).map(({ names }) => names)).toEqual(Array(2).fill(['Ada', 'Peer 1', 'Peer 2']))
  await expect(page.getByTestId('lab-mean')).toHaveAttribute('data-n', '3')
})
