// The session of runs that a browser keeps: names, notes, stars, one file, and what goes first where there is no room.
import { boundsOf, type ExperimentResult } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import type { TextMemory } from '../ports'
import { LabResults } from './lab-results'
import type { LabResult } from './results'
import { parseSession, sessionAsText } from './session'
import { experimentOf, firstSettings } from './settings'

/** Has room for so many characters. */
function memoryOf(room: number): TextMemory {
  let kept: string | undefined
  return {
    read: () => kept,
    write: (text) => {
      if (text.length > room) return false
      kept = text
      return true
    },
    clear: () => {
      kept = undefined
    },
  }
}

function made(id: string, rest: Partial<LabResult> = {}): LabResult {
  const experiment = experimentOf(firstSettings, 'p2p', 1)
  const measured: ExperimentResult = {
    distributionSeconds: 1,
    bounds: boundsOf(experiment),
    ratio: 1,
    uploadUtilisation: 1,
    serverUploadedBytes: 0,
    peers: [],
  }
  return { id, experiment, measured, simulated: measured, startedAt: '', ...rest }
}

const ids = (results: LabResults) => results.all.map(({ id }) => id)

describe('a session', () => {
  it('comes back over a visit with its name, and all that was said of its runs', () => {
    const memory = memoryOf(1e6)
    const results = new LabResults(memory)
    results.add(made('a'), made('b', { recording: '…' }))
    results.rename('Tuesday')
    results.remark('a', { name: ' Slow phone ', note: 'Bob left. ', starred: true })
    results.remark('b', { name: '  ' })
    results.remove('none')
    const again = new LabResults(memory)
    expect(again.name).toBe('Tuesday')
    expect(again.all).toEqual(results.all)
    expect(again.all[0]).toMatchObject({ experiment: { name: 'Slow phone' }, note: 'Bob left.', starred: true })
    expect(again.all[1]).toMatchObject({ experiment: { name: 'First try' }, recording: '…' })
    again.remark('a', { note: '', starred: false })
    expect(new LabResults(memory).all[0]).not.toMatchObject({ note: expect.anything() })
    again.remove('a')
    expect(ids(new LabResults(memory))).toEqual(['b'])
    again.clear()
    expect([memory.read(), again.name, again.all]).toEqual([undefined, '', []])
  })

  it('comes back with a run of which there is more to note than is kept', () => {
    const memory = memoryOf(1e6)
    const notes = Array.from({ length: 60 }, (_, i) => `${i}`.padEnd(i === 0 ? 600 : 10, '.'))
    new LabResults(memory).add(made('a', { notes }))
    const [again] = new LabResults(memory).all
    expect([again?.id, again?.notes?.length, again?.notes?.[1]]).toEqual(['a', 50, notes[1]])
    expect([again?.notes?.[0]?.length, again?.notes?.[0]?.endsWith('.…')]).toEqual([500, true])
  })

  it('is one file, opened next to what is there: no run twice, and a name that is there stays', () => {
    const one = new LabResults(memoryOf(1e6))
    one.add(made('a'), made('b'))
    one.rename('One')
    const file = parseSession(sessionAsText({ name: one.name, results: [...one.all] }))
    const other = new LabResults(memoryOf(1e6))
    other.add(made('b'), made('c'))
    expect(file && other.addSession(file)).toBe(1)
    expect([other.name, ids(other)]).toEqual(['One', ['b', 'c', 'a']])
    other.rename('Other')
    expect(file && other.addSession(file)).toBe(0)
    expect(other.name).toBe('Other')
  })

  it('is read from a list of results too, as they were kept before, and nothing else is one', () => {
    expect(parseSession(JSON.stringify([made('a')]))).toEqual({ name: '', results: [made('a')], unread: 0 })
    for (const text of ['', '{', '{}', '5', '{"kind":"another","name":"","results":[]}'])
      expect(parseSession(text)).toBeUndefined()
  })
})

describe('a session’s file of another version, or a damaged one', () => {
  it('gives the runs that can be read, and says how many cannot', () => {
    const wrong = { ...made('x'), measured: 'fast' }
    const newer = { ...made('y'), experiment: { ...made('y').experiment, mode: 'by satellite' }, colour: 'red' }
    const text = JSON.stringify({ kind: 'swarmdrop-lab-session', version: 9, results: [wrong, newer, made('a')] })
    expect(parseSession(text)).toEqual({ name: '', results: [made('a')], unread: 2 })
    // What it says beyond what is known here is left out.
    const more = JSON.stringify({
      kind: 'swarmdrop-lab-session',
      name: 'N'.repeat(999),
      results: [{ ...made('b'), more: 1 }],
    })
    expect(parseSession(more)).toEqual({ name: 'N'.repeat(80), results: [made('b')], unread: 0 })
  })

  it('of more runs than are kept gives the newest', () => {
    const all = Array.from({ length: 1_000 }, (_, i) => made(`run ${i}`))
    const read = parseSession(sessionAsText({ name: '', results: all }))
    expect([read?.results.length, read?.results.at(-1)?.id, read?.unread]).toEqual([200, 'run 999', 800])
  })
})

describe('where there is not enough room', () => {
  it('the oldest recordings go first, then the oldest runs; those with a star last', () => {
    const recording = 'x'.repeat(10_000)
    const all = ['a', 'b', 'c', 'd'].map((id) => made(id, { recording, ...(id === 'a' && { starred: true }) }))
    const bare = sessionAsText({ name: '', results: [made('a', { starred: true }), made('b')] }).length / 2
    const withTwo = new LabResults(memoryOf(4 * bare + 25_000))
    withTwo.add(...all)
    expect(withTwo.all.map(({ id, recording: has }) => [id, has !== undefined])).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
      ['d', true],
    ])
    const small = new LabResults(memoryOf(2.5 * bare))
    small.add(...all)
    expect(ids(small)).toEqual(['a', 'd'])
  })

  it('more than two hundred runs are too many, and where nothing can be kept all are there for this visit', () => {
    const results = new LabResults(memoryOf(1e9))
    results.add(made('starred', { starred: true }), ...Array.from({ length: 205 }, (_, i) => made(String(i))))
    expect(results.all).toHaveLength(200)
    expect(ids(results).slice(0, 2)).toEqual(['starred', '6'])
    const nowhere = new LabResults({ read: () => undefined, write: () => false, clear: () => {} })
    nowhere.add(made('a'))
    nowhere.rename('Kept nowhere')
    expect([nowhere.name, ids(nowhere)]).toEqual(['Kept nowhere', ['a']])
  })
})
