import { expect, it } from 'vitest'
import { linesOf } from './closing-picture'

it('breaks a sentence at its spaces, and nowhere else', () => {
  const width = (text: string) => text.length
  expect(linesOf('one two three four', width, 9)).toEqual(['one two', 'three', 'four'])
  expect(linesOf('one two', width, 7)).toEqual(['one two'])
  expect(linesOf('a incomprehensibilities b', width, 5)).toEqual(['a', 'incomprehensibilities', 'b'])
  // A number and its unit stay on one line.
  expect(linesOf('has 42\u00a0MB each', width, 7)).toEqual(['has', '42\u00a0MB', 'each'])
})
