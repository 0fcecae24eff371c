// The laboratory's pages, light and dark, wide and narrow: axe finds nothing, and nothing is wider than the window.
import { joinRoom, openRoom, setUp, smallLab, waitForLab } from './support/lab'
import { expectNoObjection } from './support/look'
import { expect, test } from './support/test'

test('teacher’s and student’s pages, from the first button to the results', async ({ page, newPerson }) => {
  // Sixteen looks of axe and two runs: on a busy machine a minute.
  test.slow()
  await page.goto('/lab')
  await expect(page.getByTestId('lab-create')).toBeVisible()
  await expectNoObjection(page, 'first minute')
  const code = await openRoom(page)
  const ada = await (await newPerson()).newPage()
  await joinRoom(ada, code, 'Ada')
  await expectNoObjection(ada, 'a student who waits')
  await page.getByTestId('lab-check-connections').click()
  await expect(page.getByTestId('lab-reach')).toHaveAttribute('data-phase', 'done')
  await expectNoObjection(page, 'who reaches whom')
  await setUp(page, {
    ...smallLab,
    peers: 3,
    megabytes: 8,
    serverKilobytesPerSecond: 300,
    peerKilobytesPerSecond: 100,
    mode: 'p2p',
  })
  await page.getByText('Special peers', { exact: true }).click()
  await page.getByRole('button', { name: 'Add a kind of peer' }).click()
  await expectNoObjection(page, 'settings')
  await page.getByTestId('lab-start').click()
  await waitForLab(page, 'running')
  await expectNoObjection(page, 'a run')
  await expectNoObjection(ada, 'a student’s part')
  await page.getByTestId('lab-cancel').click()
  await waitForLab(page, 'failed')
  await setUp(page, { ...smallLab, peers: 0, megabytes: 1, mode: 'p2p' })
  await page.getByTestId('lab-start').click()
  await waitForLab(page, 'done')
  await expectNoObjection(page, 'results')
  await page.getByTestId('lab-edit').click()
  await expectNoObjection(page, 'a run’s name and note')
  await page.keyboard.press('Escape')
  await page.getByTestId('lab-report').click()
  await expectNoObjection(page, 'the report')
  await page.getByRole('button', { name: 'Back to the lab' }).click()
  await page.getByTestId('lab-compare').click()
  await page.getByText('Rules', { exact: true }).click()
  await page.getByTestId('lab-picker').selectOption('sequential')
  await expect(page.getByTestId('lab-comparison')).toContainText('Run A and B in turn')
  await expectNoObjection(page, 'a comparison')
  await page.getByRole('button', { name: 'End the comparison' }).click()
  await page.getByRole('button', { name: 'Projector' }).click()
  await expectNoObjection(page, 'projector')
})
