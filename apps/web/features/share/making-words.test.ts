import { expect, it } from 'vitest'
import { doneOf, makingWords, spokenWords } from './making-words'

it('says what is done, and how far it is', () => {
  const steps = [
    { found: 0, opened: 0 },
    { found: 12_000, opened: 0 },
    { found: 20_000, opened: 5_000 },
    { hashedBytes: 0, totalBytes: 0 },
    { hashedBytes: 1_500_000, totalBytes: 3_000_000 },
  ]
  const plain = (words: string) => words.replaceAll('\u00A0', ' ')
  expect(steps.map(makingWords).map(plain)).toEqual([
    'Checking the files…',
    'Looking through the folder… 12,000 files',
    'Checking 20,000 files…',
    'Checking the files…',
    '1.5 MB of 3.0 MB read',
  ])
  expect(steps.map(doneOf)).toEqual([0, 0, 25, 0, 50])
  expect(steps.map((progress) => spokenWords(progress, 20))).toEqual([
    'Checking the files',
    'Checking the files',
    '20 % of the files checked',
    '20 % read',
    '20 % read',
  ])
})
