// The sentences of a verdict, each with its numbers.
import { experimentOf, firstSettings, type LabResult, type LabSettings, type Verdict } from '@swarmdrop/peer/lab'
import { describe, expect, it } from 'vitest'
import { doubtWords, headline, isSet, meansWords, reason, settingsOfVerdict, suggestion } from './verdict-words'

const plain = (words: string) => words.replaceAll('\u00a0', ' ')
const result = (mode: 'p2p' | 'client-server', rest: object = {}) =>
  ({
    experiment: experimentOf(firstSettings, mode, 8),
    measured: { distributionSeconds: 12.9, ratio: 1.06, bounds: { binding: 'total-upload' } },
    simulated: { distributionSeconds: 12.6, uploadUtilisation: 0.9 },
    ...rest,
  }) as LabResult

const verdict = (together: number, alone: number, rest: Partial<Verdict> = {}): Verdict => ({
  together: { seconds: together, isMeasured: true },
  alone: { seconds: alone, isMeasured: true },
  result: result('p2p'),
  bound: 12.2,
  binding: 'total-upload',
  doubts: [],
  ...rest,
})

describe('the headline', () => {
  it.each<[string, Verdict]>([
    ['Together 12.9 s, alone 51.8 s: 4 times as fast.', verdict(12.9, 51.8)],
    ['Together 12.9 s, alone 25.8 s: twice as fast.', verdict(12.9, 25.8)],
    ['Together 12.9 s, alone 16.3 s: 1.3 times as fast.', verdict(12.9, 16.3)],
    ['Together 5.0 s, alone 1 min 40 s: 20 times as fast.', verdict(5, 100)],
    ['Together 12.9 s, alone 13.0 s: no noticeable difference.', verdict(12.9, 13)],
    ['Together 27.8 s, alone 18.8 s: slower together.', verdict(27.8, 18.8)],
    ['Together 27.8 s, alone 18.8 s.', verdict(27.8, 18.8, { doubts: ['slower'] })],
    [
      'Together 12.9 s, alone at least 51.2 s by theory: 4 times as fast.',
      verdict(12.9, 51.2, { alone: { seconds: 51.2, isMeasured: false } }),
    ],
  ])('%s', (words, of) => {
    expect(plain(headline(of))).toBe(words)
  })
})

describe('the reason', () => {
  it.each<[string, Verdict]>([
    [
      'All uploads together set the pace: sending everybody’s copies, whole chunks at a time, takes 12.2 s. It could hardly have been faster.',
      verdict(12.9, 51.8),
    ],
    [
      'The server’s upload sets the pace: sending the file once takes 12.2 s. It took 1.5 times as long as that.',
      verdict(18.3, 51.8, { binding: 'server-upload', result: result('p2p', { measured: { ratio: 1.5 } }) }),
    ],
    [
      'The server’s upload sets the pace: sending everybody’s copies takes 51.2 s. It could hardly have been faster.',
      verdict(12, 51.8, {
        bound: 51.2,
        binding: 'server-upload',
        result: result('client-server', { measured: { ratio: 1.01 } }),
      }),
    ],
  ])('%s', (words, of) => {
    expect(plain(reason(of))).toBe(words)
  })
})

it('says why a run is doubted, with its numbers', () => {
  expect(doubtWords(result('p2p'))).toEqual([])
  const slow = result('p2p', { measured: { distributionSeconds: 27.8, ratio: 2 }, stoodStillShare: 0.31 })
  expect(doubtWords(slow).map(plain)).toEqual([
    'It took 27.8 s, and 12.6 s in simulation: this computer or the network could not keep up with these speeds.',
    'This page froze for 31 % of the time: the computer had too much to do.',
  ])
  const [unlimited = ''] = doubtWords(result('p2p', { limitedShare: 0.07 }))
  expect(plain(unlimited)).toMatch(/^The speed limits hardly ever held anything back \(7 % of the time\)/)
})

describe('what to try next', () => {
  const next = (of: Verdict, settings: Partial<LabSettings> = {}, peers = 8, isOwnFile = false) =>
    suggestion(of, { ...firstSettings, ...settings }, peers, isOwnFile)
  /** What pressing it sets, where `now` is set. */
  const pressed = (of: ReturnType<typeof next>, now: Partial<LabSettings> = {}) =>
    of?.change({ ...firstSettings, ...now })
  const few = verdict(18, 52, { result: result('p2p', { measured: { ratio: 1.5 }, simulated: { ratio: 1.4 } }) })
  const fewChunks = (settings: Partial<LabSettings>, peers: number) => ({
    ...few,
    result: { ...few.result, experiment: experimentOf({ ...firstSettings, ...settings }, 'p2p', peers) },
  })

  it('is a larger file, where that was too small for the limits, and only one that can be run', () => {
    const { fileBytes } = firstSettings
    const tooSmall = verdict(1, 2, { doubts: ['faster'] })
    expect(pressed(next(tooSmall))).toEqual({ fileBytes: 4 * fileBytes })
    expect(next(tooSmall, {}, 8, true)).toBeUndefined()
    expect(next(tooSmall, { chunkBytes: 16_384 })).toBeUndefined()
  })

  it('is half the speeds, where the machine could not keep up', () => {
    const { uploadBytesPerSecond } = firstSettings.everybody
    expect(pressed(next(verdict(27.8, 18.8, { doubts: ['slower'] })))).toMatchObject({
      serverUploadBytesPerSecond: firstSettings.serverUploadBytesPerSecond / 2,
      everybody: { uploadBytesPerSecond: uploadBytesPerSecond / 2 },
    })
  })

  it('changes one thing at a time', () => {
    const first = pressed(next(verdict(13, 52)))
    expect(first).toMatchObject({ specials: [{ behaviour: 'free-rider', count: 1 }] })
    const second = pressed(next(verdict(13, 52), first))
    expect(second).toEqual({ policy: { picker: 'sequential' } })
    expect(next(verdict(13, 52), { ...first, ...second })).toBeUndefined()
    expect(pressed(next(verdict(13, 52), { mode: 'p2p' }))).toEqual({ mode: 'both' })
    // Of two, one that gives nothing leaves no swarm.
    expect(pressed(next(verdict(13, 52), {}, 2))).toEqual({ policy: { picker: 'sequential' } })
  })

  it('is smaller chunks where these were few, but no more than can be run', () => {
    const settings = { fileBytes: 8_000_000 }
    expect(pressed(next(fewChunks(settings, 8), settings))).toEqual({ chunkBytes: firstSettings.chunkBytes / 4 })
    const large = { fileBytes: 75_000_000 }
    expect(pressed(next(fewChunks(large, 60), large, 60))).not.toHaveProperty('chunkBytes')
  })

  it('leaves alone what the teacher has set, whatever the run was made of', () => {
    const rider = { ...firstSettings.everybody, behaviour: 'free-rider' as const }
    // Most were free riders, and the page set a limit of neighbours.
    const ofRun = { everybody: rider, specials: [{ ...firstSettings.everybody, count: 3 }] }
    const slower = pressed(next(verdict(27.8, 18.8, { doubts: ['slower'] }), ofRun))
    expect(slower?.everybody).not.toHaveProperty('behaviour')
    expect(pressed(next(verdict(13, 52), { ...ofRun, policy: { maxNeighbours: 14 } }))).toEqual({
      policy: { picker: 'sequential' },
    })
  })
})

it('what was suggested is set when all of it is', () => {
  const of = verdict(13, 52)
  const was = settingsOfVerdict(of)
  expect(was).toEqual(firstSettings)
  expect(settingsOfVerdict(verdict(13, 52, { alone: { seconds: 52, isMeasured: false } })).mode).toBe('p2p')
  const change = suggestion(of, was, 8)?.change(was) ?? {}
  expect(isSet(change, was)).toBe(false)
  expect(isSet(change, { ...was, ...change })).toBe(true)
})

it('of means, the headline has their intervals, and it is said of how many runs', () => {
  const mean = (seconds: number, runs: number) => ({
    seconds,
    isMeasured: true,
    interval: { low: seconds - 0.2, high: seconds + 0.2 },
    runs,
  })
  const of = (runs: number) => verdict(0, 0, { together: mean(8.3, 5), alone: mean(31.9, runs) })
  expect(plain(headline(of(5)))).toBe('Together 8.3 s (8.1 to 8.5), alone 31.9 s (31.7 to 32.1): 3.8 times as fast.')
  expect(meansWords(of(5))).toBe('Means of 5 runs, in brackets their 95\u00a0% intervals.')
  expect(meansWords(of(4))).toBe('Means of 5 and 4 runs, in brackets their 95\u00a0% intervals.')
  expect(meansWords(verdict(1, 2))).toBeUndefined()
})
