// The wall and the student's phone: one mark on both, the screens by their keys, and the door.
import { joinRoom, openRoom, setUp, smallLab, waitForLab } from './support/lab'
import { expect, test } from './support/test'

test('a student finds their mark on the wall, in lobby and countdown; one who is removed stays out of a locked room', async ({
  page,
  newPerson,
}) => {
  const code = await openRoom(page)
  const [ada, eve] = [await (await newPerson()).newPage(), await (await newPerson()).newPage()]
  await joinRoom(ada, code, 'Ada')
  await joinRoom(eve, code, 'Eve')
  await expect(ada.getByTestId('you-are')).toContainText('You are the blue circle')
  await page.getByTestId('lab-rename').first().fill('Ada L.')
  await page.keyboard.press('Enter')
  await expect(ada.getByTestId('you-are')).toContainText('Ada L.')
  await page.getByTestId('lab-lock').click()
  await page.getByTestId('lab-remove').last().click()
  await expect(eve.getByRole('main').getByRole('alert')).toContainText('removed you from this room')
  await eve.reload()
  await expect(eve.getByRole('main').getByRole('alert')).toContainText('removed you from this room')

  await setUp(page, { ...smallLab, peers: 2, megabytes: 1, mode: 'p2p' })
  await page.getByRole('button', { name: 'Projector' }).click()
  const wall = page.getByTestId('lab-wall')
  const mark = await ada.getByTestId('you-are').getAttribute('data-mark')
  await expect(wall.locator(`[data-mark="${mark}"]`)).toHaveText('Ada L.')
  await page.keyboard.press('5')
  await expect(wall).toHaveAttribute('data-screen', 'podium')
  await page.keyboard.press('1')
  await wall.getByTestId('lab-start').click()
  await expect(wall).toHaveAttribute('data-screen', 'countdown')
  await expect(wall).toHaveAttribute('data-screen', 'swarm')
  await waitForLab(page, 'done')
  await expect(wall).toHaveAttribute('data-screen', 'podium')
  await page.keyboard.press('Escape')
  await expect(wall).toBeHidden()
})
