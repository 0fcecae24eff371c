// A folder arrives as it was: dates, empty folders, what may be executed; as a ZIP, and as a folder where the browser
// writes one.
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, utimesSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { drop } from '../tooling/drop'
import { stateBelow, type Tree, writeTree } from './support/files'
import { fetchAll, linkOn, press, save, share } from './support/people'
import { expect, test } from './support/test'
import { unzip } from './support/unzip'

const TREE: Tree = {
  'trip/1/2/3/4/5/6/deep.bin': randomBytes(300_000),
  'trip/1/2/notes.txt': Buffer.from('day two'),
  'trip/bin/run': Buffer.from('#!/bin/sh\necho run\n'),
  'trip/empty.txt': new Uint8Array(),
}
const FOLDERS = ['trip/1/nothing', 'trip/größe/leer']
const DAY_MS = 86_400_000

/** The tree on the disk, each file of another day of 2009. */
function writeDated(directory: string): void {
  writeTree(directory, TREE)
  for (const folder of FOLDERS) mkdirSync(`${directory}/${folder}`, { recursive: true })
  chmodSync(`${directory}/trip/bin/run`, 0o755)
  for (const [day, path] of Object.keys(TREE).entries()) {
    const date = new Date(Date.UTC(2009, 4, 1, 7, 5, 11) + day * DAY_MS)
    utimesSync(`${directory}/${path}`, date, date)
  }
}

/** Runs in the page before anything of ours: the folder that its person chooses is one of the page's own. */
function answerFolderDialog(): void {
  const showDirectoryPicker = async () => {
    const root = await navigator.storage.getDirectory()
    return root.getDirectoryHandle('chosen', { create: true })
  }
  Object.assign(window, { showDirectoryPicker })
}

/** Sizes of files by path, and folders, below the chosen one. */
const chosenFolder = (page: Page): Promise<Record<string, number | 'folder'>> =>
  page.evaluate(async () => {
    const found: Record<string, number | 'folder'> = {}
    type Folder = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> }
    const look = async (folder: Folder, prefix: string) => {
      for await (const child of folder.values()) {
        const path = `${prefix}${child.name}`
        if (child.kind === 'file') found[path] = (await (child as FileSystemFileHandle).getFile()).size
        else {
          found[path] = 'folder'
          await look(child as Folder, `${path}/`)
        }
      }
    }
    const root = await navigator.storage.getDirectory()
    await look((await root.getDirectoryHandle('chosen')) as Folder, '')
    return found
  })

/** While the folder is written, what is looked at may be renamed at that moment: then again. */
const expectChosen = (page: Page, look: (chosen: Record<string, number | 'folder'>) => void): Promise<void> =>
  expect(async () => look(await chosenFolder(page))).toPass({ timeout: 15_000 })

test('a dropped tree is the same again, unpacked and as a folder', async ({ page, newPerson }, testInfo) => {
  const sent = testInfo.outputPath('sent')
  writeDated(sent)
  await page.goto('/')
  await expect(page.getByTestId('file-input')).toBeAttached()
  await drop(page, [`${sent}/trip`])
  const link = await linkOn(page)

  const person = await newPerson()
  await person.addInitScript(answerFolderDialog)
  const receiver = await person.newPage()
  await fetchAll(receiver, link)
  const { name, path } = await save(receiver)
  expect(name).toBe('trip.zip')
  unzip(path, testInfo.outputPath('unpacked'))
  expect(stateBelow(testInfo.outputPath('unpacked'))).toEqual(stateBelow(sent))

  const expected = Object.fromEntries(
    Object.keys(stateBelow(sent)).map((path) => [path, TREE[path]?.length ?? 'folder']),
  )
  for (const folder of ['trip', 'trip (2)']) {
    await press(receiver, 'save-folder')
    await expect(receiver.getByText('It is saved. Close any time')).toBeVisible()
    await expectChosen(receiver, (chosen) => expect(chosen[folder]).toBe('folder'))
  }
  await expect(receiver.getByTestId('save-folder')).toBeEnabled()
  const again = Object.entries(expected).map(([path, what]) => [path.replace('trip', 'trip (2)'), what])
  await expectChosen(receiver, (chosen) => expect(chosen).toEqual({ ...expected, ...Object.fromEntries(again) }))
})

test('a file whose name browsers would change comes under its own', async ({ page, newPerson }, testInfo) => {
  writeTree(testInfo.outputPath('sent'), { '.profile': Buffer.from('export A=1\n'), LICENSE: randomBytes(20) })
  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, await share(page, testInfo.outputPath('sent/.profile')))
  await expect(receiver.getByTestId('save')).toHaveText('Save as ZIP')
  const zip = await save(receiver)
  expect(zip.name).toBe('profile.zip')
  unzip(zip.path, testInfo.outputPath('unpacked'))
  expect(stateBelow(testInfo.outputPath('unpacked'))['.profile']?.slice(0, 64)).toBe(
    stateBelow(testInfo.outputPath('sent'))['.profile']?.slice(0, 64),
  )
  await page.goto('/')
  await fetchAll(receiver, await share(page, testInfo.outputPath('sent/LICENSE')))
  expect((await save(receiver)).name).toBe('LICENSE')
})
