import type { Experiment } from '@swarmdrop/core/simulation'
import { expect, it } from 'vitest'
import { loadedInWords } from './experiment-words'

const rates = { uploadBytesPerSecond: 29_000, downloadBytesPerSecond: 2_900_000 }
const experiment: Experiment = {
  name: 'On to N = 100',
  seed: 1,
  mode: 'p2p',
  fileBytes: 104_857_600,
  server: { uploadBytesPerSecond: 290_000 },
  peers: [{ ...rates, count: 100 }],
}

it('says what was loaded', () => {
  expect(loadedInWords(experiment, 100)).toEqual([
    expect.stringMatching(/^Loaded “On to N = 100”: 10\d.*MB, 100 peers\.$/),
  ])
})

it('says when fewer peers are here than the experiment has, and how many students would make it whole', () => {
  const [, fewer] = loadedInWords(experiment, 30)
  expect(fewer).toContain('room for 30 peers')
  expect(fewer).toContain('70 more students')
})

it('says when no class is large enough for it', () => {
  const thousand = { ...experiment, peers: [{ ...rates, count: 1_000 }] }
  expect(loadedInWords(thousand, 30)[1]).toMatch(/more than a room can hold: .* at most 100 students/)
})

it('says when more are here than it has', () => {
  expect(loadedInWords(experiment, 101)[1]).toContain('101 peers are here')
})
