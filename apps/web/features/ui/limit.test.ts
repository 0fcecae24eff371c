import { expect, it } from 'vitest'
import { readLimit } from './limit'

it.each(['', '   '])('takes %j for no limit', (text) => expect(readLimit(text)).toEqual({ bytesPerSecond: undefined }))

it.each([
  ['500', 500_000],
  [' 1 ', 1_000],
  ['1.5', 1_500],
  ['1,5', 1_500],
])('reads %j as %d bytes a second', (text, bytesPerSecond) => expect(readLimit(text)).toEqual({ bytesPerSecond }))

it.each(['0', '0.5', '-3', 'fast', '5e3', '1 000', '1,000.5', '9999999999999'])('refuses %j with a sentence', (text) =>
  expect(readLimit(text)).toEqual({ problem: expect.stringMatching(/\.$/) }),
)
