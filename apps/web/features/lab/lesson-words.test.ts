// What a run teaches besides its times, each sentence with its numbers.
import { boundsOf } from '@swarmdrop/core/simulation'
import { experimentOf, firstSettings, type LabResult, type LabSettings } from '@swarmdrop/peer/lab'
import { describe, expect, it } from 'vitest'
import { hadFewChunks, lessons, shortLesson } from './lesson-words'

type Made = { times: number; simulatedTimes?: number; peers?: number; seconds?: number[]; names?: string[] }

/** A run that took `times` its bound; `seconds`: of each peer. */
function run(settings: Partial<LabSettings>, { times, simulatedTimes = times, peers = 16, ...rest }: Made): LabResult {
  const experiment = experimentOf({ ...firstSettings, ...settings }, 'p2p', peers)
  const bounds = boundsOf(experiment)
  const result = (ratio: number) => ({ distributionSeconds: ratio * bounds.chunked, ratio, bounds })
  const done = (rest.seconds ?? []).map((completedAtSeconds) => ({ completedAtSeconds }))
  return {
    experiment,
    measured: { ...result(times), peers: done },
    simulated: result(simulatedTimes),
    names: rest.names,
  } as unknown as LabResult
}

const plain = (words: string[]) => words.map((one) => one.replaceAll('\u00a0', ' '))
const sixteen = { fileBytes: 16 * 262_144 }
const { everybody } = firstSettings
const alike = { ...sixteen, serverUploadBytesPerSecond: everybody.uploadBytesPerSecond }

describe('few chunks', () => {
  it('are said to be the reason, where the simulation takes as long', () => {
    expect(plain(lessons(run(sixteen, { times: 1.42, simulatedTimes: 1.38 })))).toEqual([
      '16 chunks for 16 peers are few: at the start hardly anybody has a chunk to pass on, and at the end hardly anybody lacks one. The simulation takes 1.4 times as long, too.',
    ])
  })

  it('are told on the wall without numbers that a class would have to compare', () => {
    const words = shortLesson(run(sixteen, { times: 1.42, simulatedTimes: 1.38 })) ?? ''
    expect(lessons(run(sixteen, { times: 1.42, simulatedTimes: 1.38 }))[0]).toContain(`${words} The simulation`)
    expect(shortLesson(run(sixteen, { times: 1.02 }))).toBeUndefined()
  })

  it('have a best possible time where all upload equally fast', () => {
    const [words = ''] = lessons(run(alike, { times: 1.8 }))
    // Twenty rounds for sixteen chunks: docs/accuracy.md.
    expect(words).toContain('Even the best possible order of sending would take 1.1 times as long.')
    expect(lessons(run(sixteen, { times: 1.8 }))[0]).not.toContain('best possible')
  })

  it('are no reason where the run was near its bound, was slower than simulated, or had many', () => {
    for (const of of [
      run(sixteen, { times: 1.05 }),
      run(sixteen, { times: 1.5, simulatedTimes: 1.04 }),
      run({ fileBytes: 64 * 262_144 }, { times: 1.2, peers: 8 }),
    ])
      expect([hadFewChunks(of), lessons(of)]).toEqual([false, []])
  })
})

describe('few chunks are not blamed', () => {
  const special = (rest: Partial<LabSettings['specials'][number]>) => ({
    ...sixteen,
    specials: [{ ...everybody, count: 1, ...rest }],
  })
  it.each<[string, Partial<LabSettings>]>([
    ['for a picker in file order', { ...sixteen, policy: { picker: 'sequential' } }],
    ['for slots in turn', { ...sixteen, policy: { choker: 'round-robin' } }],
    ['for one who comes late', special({ joinAtSeconds: 10 })],
    ['for some who come one after another', special({ joinWithinSeconds: 10 })],
    ['for one who leaves', special({ leaveAtSeconds: 3 })],
    ['for one who leaves when complete', special({ behaviour: 'leave-when-complete' })],
    ['for one who sends bad chunks', special({ behaviour: 'sends-bad-chunks' })],
    ['by the usual settings', {}],
  ])('%s', (_what, settings) => {
    const { specials } = settings
    expect(hadFewChunks(run(settings, { times: 1.4, peers: specials || settings.fileBytes ? 16 : 8 }))).toBe(false)
  })
})

describe('free riders', () => {
  const rider = { ...everybody, behaviour: 'free-rider' as const }
  const near = { times: 1.02, peers: 4 }

  it('are told what it brought them', () => {
    const one = { specials: [{ ...rider, count: 1 }] }
    const of = { ...near, seconds: [10, 11, 12, 15.5], names: ['Ada', 'Bob', 'Cleo', 'Eve'] }
    expect(plain(lessons(run(one, of)))).toEqual([
      'Eve uploaded nothing and had the file after 15.5 s, the others after 11.0 s (median). Peers serve those who give them most.',
    ])
    const two = { specials: [{ ...rider, count: 2 }] }
    expect(plain(lessons(run(two, { ...near, seconds: [10, 12, 11, 11] })))).toEqual([
      'The 2 free riders had the file after 11.0 s (median), the others after 11.0 s (median). Uploading nothing cost no time here: the server serves everybody alike.',
    ])
    const inTurn = { ...two, policy: { choker: 'round-robin' as const } }
    expect(lessons(run(inTurn, { ...near, seconds: [10, 12, 20, 20] }))[0]).toContain(
      'Here nobody looks at who gives what.',
    )
  })

  it('are told their times alone where their lines differ, and nothing where somebody came later or left', () => {
    const seconds = { ...near, seconds: [10, 11, 12, 35], names: ['Ada', 'Bob', 'Cleo', 'Eve'] }
    const slow = { specials: [{ ...rider, count: 1, downloadBytesPerSecond: 500_000 }] }
    expect(plain(lessons(run(slow, seconds)))).toEqual([
      'Eve uploaded nothing and had the file after 35.0 s, the others after 11.0 s (median).',
    ])
    for (const rest of [{ joinAtSeconds: 10 }, { joinWithinSeconds: 10 }, { leaveAtSeconds: 40 }])
      expect(lessons(run({ specials: [{ ...rider, count: 1, ...rest }] }, seconds))).toEqual([])
  })

  it('are what a class reads first where there are some and few chunks', () => {
    const of = { ...sixteen, specials: [{ ...rider, count: 1 }] }
    const times = { times: 1.5, peers: 4, seconds: [10, 11, 12, 15.5] }
    expect(shortLesson(run(of, times))).toContain('uploaded nothing')
  })

  it('are no lesson without any, or where one side never got the file', () => {
    expect(lessons(run({}, { ...near, seconds: [10, 11, 12, 13] }))).toEqual([])
    expect(lessons(run({ specials: [{ ...rider, count: 4 }] }, { ...near, seconds: [10, 11, 12, 13] }))).toEqual([])
  })
})
