import { buildContent, CHUNK_BYTES } from '@swarmdrop/core'
import type { FileEntry } from '@swarmdrop/core/files'
import { expect, it } from 'vitest'
import { FormerDates, type Listed, withoutMore } from './former-dates'

const files = (modified: number): FileEntry[] => [
  { path: 'trip/a', bytes: 0, modified, executable: true },
  { path: 'trip/b', bytes: 0 },
]
const idOf = ({ files, folders }: Listed) => buildContent(files, new Uint8Array(), CHUNK_BYTES, folders).content.id

it('[MANIFEST-9] gives touched files that are chosen again the dates of the link that they had', () => {
  const former = new FormerDates()
  former.remember('id', { files: files(1), folders: ['trip/empty'] })
  const touched = { files: files(2), folders: ['trip/empty'] }
  expect(idOf(former.given(touched, 'id'))).toEqual(idOf({ files: files(1), folders: ['trip/empty'] }))
  // As by an input, which tells of no folder.
  expect(idOf(former.given({ files: files(2), folders: [] }, 'id'))).toEqual(idOf(former.given(touched, 'id')))
  expect(former.given(touched, 'other')).toEqual(touched)
  expect(former.given(touched, undefined)).toEqual(touched)
})

it('leaves alone what is of another length, or is new', () => {
  const former = new FormerDates()
  former.remember('id', { files: files(1), folders: ['trip/empty'] })
  const others = [
    { path: 'trip/a', bytes: 1, modified: 2 },
    { path: 'trip/c', bytes: 0, modified: 3 },
  ]
  expect(former.given({ files: others, folders: ['x'] }, 'id')).toEqual({ files: others, folders: ['x'] })
})

it('says as much as a link from before, where that is what was shared', () => {
  const before = buildContent(withoutMore({ files: files(1), folders: [] }).files, new Uint8Array()).content
  expect(idOf(withoutMore({ files: files(2), folders: ['trip/empty'] }))).toEqual(before.id)
})
