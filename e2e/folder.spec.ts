// A folder arrives as a ZIP that another program unpacks to the same tree.
import { randomBytes } from 'node:crypto'
import { digestsBelow, type Tree, writeTree } from './support/files'
import { fetchAll, openLink, save, share, startDownload, waitForPhase } from './support/people'
import { expect, test } from './support/test'
import { unzip } from './support/unzip'

const tree: Tree = {
  'read me.txt': Buffer.from('Two of one name, in two folders.'),
  'empty.txt': new Uint8Array(),
  'one/photo.bin': randomBytes(700_000),
  'two/photo.bin': randomBytes(300_000),
  'two/deeper/and deeper/größe.bin': randomBytes(262_144),
  'two/写真/Пример № 1.bin': randomBytes(100_001),
  'two/写真/עברית 🎈.bin': randomBytes(5),
}
for (let at = 0; at < 2_000; at++) tree[`many/${at % 50}/${at}.txt`] = randomBytes(at % 300)

test('a folder with sub-folders, names in any script, an empty file and thousands of small ones arrives as it was', async ({
  page,
  context,
}, testInfo) => {
  writeTree(testInfo.outputPath('sent/my folder'), tree)
  const link = await share(page, testInfo.outputPath('sent/my folder'), 'folder')
  // By the button, and nobody knows what the browser has passed over.
  await expect(page.getByText('Is a subfolder missing?')).toBeVisible()

  const receiver = await context.newPage()
  await openLink(receiver, link)
  await expect(receiver.getByTestId('content-name')).toHaveText('my folder')
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  const { name, path } = await save(receiver)
  expect(name).toBe('my folder.zip')
  unzip(path, testInfo.outputPath('unpacked'))
  expect(digestsBelow(testInfo.outputPath('unpacked'))).toEqual(digestsBelow(testInfo.outputPath('sent')))
})

test('two files of one name from two places both arrive, under names that differ', async ({
  page,
  context,
}, testInfo) => {
  writeTree(testInfo.outputPath('sent'), { 'a/notes.txt': Buffer.from('first'), 'b/notes.txt': Buffer.from('second') })
  const link = await share(page, [testInfo.outputPath('sent/a/notes.txt'), testInfo.outputPath('sent/b/notes.txt')])

  const receiver = await context.newPage()
  await fetchAll(receiver, link)
  unzip((await save(receiver)).path, testInfo.outputPath('unpacked'))
  const sent = Object.values(digestsBelow(testInfo.outputPath('sent')))
  expect(Object.values(digestsBelow(testInfo.outputPath('unpacked'))).sort()).toEqual(sent.sort())
})
