import { describe, expect, it } from 'vitest'
import type { Way } from '../ports'
import { ReachBoard } from './reach-board'

const board = () => new ReachBoard(['Teacher', 'Ada', 'Bob'], 0)
const says = (id: string, ...reached: [string, Way][]) => ({ ids: [id], reached })

describe('who reaches whom', () => {
  it('is put together from what each says, whichever side says it first', () => {
    const reach = board()
    reach.reported(1, says('a', ['b', 'direct'], ['t', 'turn']))
    expect(
      reach
        .view('running')
        .ways.flat()
        .every((way) => way === undefined),
    ).toBe(true)
    reach.reported(2, says('b'))
    reach.reported(0, says('t'))
    expect(reach.view('running').ways).toEqual([
      [undefined, 'turn', undefined],
      ['turn', undefined, 'direct'],
      [undefined, 'direct', undefined],
    ])
    expect(reach.view('done')).toMatchObject({ phase: 'done', leftOut: 0 })
  })

  it('knows somebody by any of their names at the tracker, and nobody by those of strangers', () => {
    const reach = board()
    reach.reported(1, says('a', ['old', 'direct'], ['stranger', 'direct'], ['a', 'direct']))
    reach.reported(2, { ids: ['old', 'new'], reached: [] })
    expect(reach.view('done').ways[1]).toEqual([undefined, undefined, 'direct'])
  })

  it('tells the worse way where the two sides differ, and takes the last word of each', () => {
    const reach = board()
    reach.reported(1, says('a', ['b', 'server']))
    reach.reported(2, says('b', ['a', 'direct']))
    expect(reach.view('running').ways[2]?.[1]).toBe('server')
    reach.reported(1, says('a', ['b', 'direct']))
    expect(reach.view('running').ways[2]?.[1]).toBe('direct')
  })

  it('is complete when all who are here reach each other by a way that stays', () => {
    const reach = board()
    reach.reported(0, says('t', ['a', 'direct'], ['b', 'turn']))
    reach.reported(1, says('a', ['b', 'server']))
    reach.reported(2, says('b'))
    expect(reach.isComplete).toBe(false)
    reach.reported(1, says('a', ['b', 'direct']))
    expect(reach.isComplete).toBe(true)
  })

  it('waits for nobody who has left, and tells who is silent', () => {
    const reach = board()
    reach.reported(0, says('t', ['a', 'direct']))
    reach.reported(1, says('a'))
    expect(reach.view('running').participants.map(({ state }) => state)).toEqual(['answers', 'answers', 'silent'])
    expect(reach.isComplete).toBe(false)
    reach.left(2)
    expect(reach.isComplete).toBe(true)
    expect(reach.view('done').participants[2]).toEqual({ name: 'Bob', state: 'left' })
  })
})
