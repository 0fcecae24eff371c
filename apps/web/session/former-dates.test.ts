import { buildContent, type FileEntry } from '@swarmdrop/core'
import { expect, it } from 'vitest'
import { FormerDates } from './former-dates'

const files = (modified: number): FileEntry[] => [
  { path: 'trip/a', bytes: 0, modified, executable: true },
  { path: 'trip/b', bytes: 0 },
]
const idOf = (of: FileEntry[]) => buildContent(of, new Uint8Array()).content.id

it('[MANIFEST-9] gives touched files that are chosen again the dates of the link that they had', () => {
  const former = new FormerDates()
  former.remember('id', files(1))
  expect(idOf(former.given(files(2), 'id'))).toEqual(idOf(files(1)))
  expect(former.given(files(2), 'other')).toEqual(files(2))
  expect(former.given(files(2), undefined)).toEqual(files(2))
})

it('leaves alone what is of another length, or is new', () => {
  const former = new FormerDates()
  former.remember('id', files(1))
  const others = [
    { path: 'trip/a', bytes: 1, modified: 2 },
    { path: 'trip/c', bytes: 0, modified: 3 },
  ]
  expect(former.given(others, 'id')).toEqual(others)
})
