import { describe, expect, it } from 'vitest'
import { DistributionRecord } from './distribution-record'
import type { Distribution } from './snapshot'

const rate = { bytesPerSecond: 1, basis: 'shown' as const }
const person = (number: number, role: 'server' | 'downloader' = 'downloader') => ({
  number,
  role,
  upload: rate,
  download: rate,
})
const sender = person(1, 'server')
const picture = (phase: Distribution['phase'], numbers: number[], facts: Partial<Distribution> = {}): Distribution => ({
  phase,
  count: numbers.length,
  people: [sender, ...numbers.map((number) => person(number))],
  ...facts,
})

describe('what is shown of a distribution', () => {
  it('is the present while it runs, no matter who leaves', () => {
    const record = new DistributionRecord()
    expect(record.update(picture('running', [0, 2, 3]), 0).count).toBe(3)
    expect(record.update(picture('running', [0, 2]), 9_000).count).toBe(2)
  })

  it('takes in the last reports after the end, and then stays', () => {
    const record = new DistributionRecord()
    record.update(picture('done', [0, 2], { measuredSeconds: 4 }), 0)
    expect(record.update(picture('done', [0, 2], { measuredSeconds: 4.1 }), 2_000).measuredSeconds).toBe(4.1)
    // A limit that is set now has nothing to do with it any more.
    expect(record.update(picture('done', [0, 2], { measuredSeconds: 9 }), 8_000).measuredSeconds).toBe(4.1)
  })

  it('stays as it was when people go, even all of them', () => {
    const record = new DistributionRecord()
    const finished = picture('done', [0, 2, 3])
    record.update(finished, 0)
    expect(record.update(picture('done', [0, 2]), 1_000)).toBe(finished)
    expect(record.update({ phase: 'waiting', count: 0, people: [] }, 2_000)).toBe(finished)
    expect(record.update(picture('done', [0]), 60_000)).toBe(finished)
  })

  it('gives way as soon as somebody new begins', () => {
    const record = new DistributionRecord()
    record.update(picture('done', [0, 2]), 0)
    expect(record.update(picture('running', [0, 2, 4]), 60_000)).toMatchObject({ phase: 'running', count: 3 })
    expect(record.update(picture('done', [0, 2, 4], { measuredSeconds: 1 }), 61_000).measuredSeconds).toBe(1)
    expect(record.update(picture('done', [0, 2, 4], { measuredSeconds: 2 }), 62_000).measuredSeconds).toBe(2)
    expect(record.update(picture('done', [0, 2, 4], { measuredSeconds: 3 }), 70_000).measuredSeconds).toBe(2)
  })

  it('gives way to somebody new who is done already, as after a reconnection', () => {
    const record = new DistributionRecord()
    record.update(picture('done', [0, 2]), 0)
    expect(record.update(picture('done', [0, 5]), 60_000).people.map(({ number }) => number)).toEqual([1, 0, 5])
  })
})
