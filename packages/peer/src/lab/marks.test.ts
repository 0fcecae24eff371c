import { expect, it } from 'vitest'
import { Marks } from './marks'

it('gives each the lowest number that is free, and leaves it to who stays', () => {
  const marks = new Marks()
  marks.settle(['page-1', 'student-1', 'student-2'], true)
  marks.settle(['student-2', 'student-3', 'page-1'], true)
  expect(marks.known).toEqual({ 'page-1': 1, 'student-2': 3, 'student-3': 2 })
})

it('is the same after a reload, also of those whom the room has not named yet', () => {
  const before = new Marks()
  before.settle(['student-4', 'student-9'], true)
  const after = new Marks(before.known)
  after.settle(['page-1'], false)
  after.settle(['page-1', 'student-9', 'student-4'], true)
  expect([after.of('student-9'), after.of('page-1'), after.of('student-5')]).toEqual([2, 3, 0])
})
