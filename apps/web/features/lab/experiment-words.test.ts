import { parseExperiment } from '@swarmdrop/core'
import { expect, it } from 'vitest'
import hundred from '../../../../experiments/n-100.json'
import { loadedInWords } from './experiment-words'

const parsed = parseExperiment(hundred)
if (!parsed.ok) throw new Error(parsed.problems.join())
const { experiment } = parsed

it('says what was loaded', () => {
  expect(loadedInWords(experiment, 100)).toEqual([
    expect.stringMatching(/^Loaded “The known figure on to N = 100.*”: 10\d.*MB, 100 peers\.$/),
  ])
})

it('says when fewer peers are here than the experiment has, and how many students would make it whole', () => {
  const [, fewer] = loadedInWords(experiment, 30)
  expect(fewer).toContain('room for 30 peers')
  expect(fewer).toContain('70 more students')
})

it('says when more are here than it has', () => {
  expect(loadedInWords(experiment, 101)[1]).toContain('101 peers are here')
})
