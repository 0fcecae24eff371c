// The chunks of a run that a page keeps, in a real browser: on a secure origin, and on one without HTTPS.
import { expect, test } from '@playwright/test'
import type { RunChunks } from '@swarmdrop/peer/lab'
import { openPage, PLAIN, SECURE } from './support/storage-pages'

for (const [name, origin] of [
  ['on a secure origin', SECURE],
  ['on plain HTTP', PLAIN],
] as const) {
  test(`a run’s chunks outlive a reload, for the tab and the run that they are of, ${name}`, async ({ context }) => {
    const page = await openPage(context, origin)
    await page.evaluate(async () => {
      const { KeptChunks } = window.adapters
      const ada = await KeptChunks.open('ada', 'run 1')
      ada.put(3, new Uint8Array([1, 2, 3]))
      ada.put(70_000, new Uint8Array([4]))
      ada.close()
      const bob = await KeptChunks.open('bob', 'run 1')
      bob.put(3, new Uint8Array([9]))
      bob.close()
      // Nobody waits for the disk, and a reload may cost the last chunks: this one comes when all are there.
      const countOf = async (owner: string) => {
        const kept = await KeptChunks.open(owner, 'run 1')
        const { size } = await kept.load()
        kept.close()
        return size
      }
      while ((await countOf('ada')) < 2 || (await countOf('bob')) < 1);
    })
    await page.reload()
    await page.waitForFunction(() => 'adapters' in window)
    const found = await page.evaluate(async () => {
      const open = async (owner: string, run: string, then: 'close' | 'remove') => {
        const kept = await window.adapters.KeptChunks.open(owner, run)
        const chunks = [...(await kept.load())].map(([chunk, bytes]) => [chunk, ...bytes])
        kept[then]()
        return chunks
      }
      return {
        again: await open('ada', 'run 1', 'close'),
        ofNextRun: await open('ada', 'run 2', 'close'),
        // What a tab kept of a run before goes with its next run.
        ofFormerRun: await open('ada', 'run 1', 'close'),
        ofAnother: await open('bob', 'run 1', 'remove'),
        removed: await open('bob', 'run 1', 'close'),
      }
    })
    expect(found).toEqual({
      again: [
        [3, 1, 2, 3],
        [70_000, 4],
      ],
      ofNextRun: [],
      ofFormerRun: [],
      ofAnother: [[3, 9]],
      removed: [],
    })
  })
}

test('a run goes on when the browser deletes what is kept of it, and ends as any other', async ({ context }) => {
  const page = await openPage(context, SECURE)
  await page.evaluate(async () => {
    const kept = await window.adapters.KeptChunks.open('ada', 'run')
    kept.put(0, new Uint8Array([1]))
    Object.assign(window, { kept })
  })
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' })
  const left = await page.evaluate(async () => {
    const { kept } = window as unknown as { kept: RunChunks }
    kept.put(1, new Uint8Array([2]))
    kept.remove()
    const again = await window.adapters.KeptChunks.open('ada', 'run')
    again.put(2, new Uint8Array([3]))
    const { size } = await again.load()
    again.close()
    return size
  })
  expect(left).toBe(1)
})

test('chunks of a tab that never came back are deleted after half a day, by the next to open a run', async ({
  context,
}) => {
  const page = await openPage(context, SECURE)
  const left = await page.evaluate(async () => {
    const { KeptChunks } = window.adapters
    const load = async (owner: string) => {
      const kept = await KeptChunks.open(owner, 'run')
      const { size } = await kept.load()
      kept.close()
      return size
    }
    const now = Date.now()
    for (const owner of ['gone', 'here']) {
      Date.now = () => now - (owner === 'gone' ? 13 : 11) * 3_600_000
      const kept = await KeptChunks.open(owner, 'run')
      kept.put(0, new Uint8Array([1]))
      kept.close()
    }
    Date.now = () => now
    await load('newcomer')
    return [await load('gone'), await load('here')]
  })
  expect(left).toEqual([0, 1])
})
