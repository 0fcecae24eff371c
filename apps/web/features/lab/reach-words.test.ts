// What a teacher is told of who reaches whom.
import { type ReachView, reachPairOf } from '@swarmdrop/peer/lab'
import { describe, expect, it } from 'vitest'
import { reachNotes, reachSummary } from './reach-words'

type Way = 'direct' | 'turn' | 'server'

/** Everybody reaches everybody directly, but for what is said. */
function viewOf(
  names: string[],
  except: Record<string, Way | 'none'> = {},
  change: Partial<ReachView> = {},
): ReachView {
  const wayOf = (a: string, b: string) => except[`${a} ${b}`] ?? except[`${b} ${a}`] ?? 'direct'
  const ways = names.map((a) =>
    names.map((b) => {
      const way = wayOf(a, b)
      return a === b || way === 'none' ? undefined : way
    }),
  )
  const participants = names.map((name) => ({ name, state: 'answers' as const }))
  return { phase: 'done', participants, ways, leftOut: 0, ...change }
}

const four = ['Teacher', 'Ada', 'Bob', 'Cem']
const bobAlone = { 'Teacher Bob': 'none', 'Ada Bob': 'none', 'Cem Bob': 'none' } as const

describe('who reaches whom, in one sentence', () => {
  it.each<[ReachView, string]>([
    [viewOf(four), 'Everybody reaches everybody directly.'],
    [
      viewOf(four, { 'Ada Bob': 'turn', 'Ada Cem': 'server' }),
      'Everybody reaches everybody, 1 through a relay and 1 through the server: those are slower.',
    ],
    [viewOf(four, bobAlone), '3 of 6 connections found no way.'],
    [viewOf(['Teacher', 'Ada'], { 'Teacher Ada': 'none' }), '1 of 1 connection found no way.'],
    [viewOf(four, bobAlone, { phase: 'running' }), 'Checking: 3 of 6 connections so far.'],
  ])('%#', (view, words) => expect(reachSummary(view)).toBe(words))

  it('claims nothing of those who have said nothing', () => {
    const view = viewOf(four, bobAlone)
    const participants = view.participants.map((participant) =>
      participant.name === 'Bob' ? { ...participant, state: 'silent' as const } : participant,
    )
    expect(reachSummary({ ...view, participants })).toBe('3 of 6 connections work; of the others nothing is known.')
    expect(reachNotes({ ...view, participants })).toEqual([
      'Bob’s page did not answer: it may be asleep, or need to be reloaded.',
    ])
  })
})

describe('what is said of single pages', () => {
  it('is nothing where all is well, or not known yet', () => {
    expect(reachNotes(viewOf(four))).toEqual([])
    expect(reachNotes(viewOf(four, bobAlone, { phase: 'running' }))).toEqual([])
  })

  it('names who reaches nobody, once, and pairs that do not reach each other', () => {
    expect(reachNotes(viewOf(four, bobAlone))).toEqual([
      'Bob reaches nobody. On that device, open “Connection check” at the page’s foot.',
    ])
    expect(reachNotes(viewOf(four, { 'Ada Cem': 'none' }))).toEqual(['Ada and Cem do not reach each other.'])
  })

  it('tells who is reached through the server alone, which carries a few for each page', () => {
    const view = viewOf(four, { 'Teacher Bob': 'server', 'Ada Bob': 'server', 'Cem Bob': 'none' })
    expect(reachPairOf(view, 2, 3)).toBe('limited')
    expect(reachSummary(view)).toBe('Everybody reaches everybody, 2 through the server: those are slower.')
    expect(reachNotes(view)).toEqual(['Bob can be reached only through the server: this page can take part, slowly.'])
  })

  it('names the likely cause where nobody reaches anybody', () => {
    const none = Object.fromEntries(four.flatMap((a) => four.map((b) => [`${a} ${b}`, 'none'] as const)))
    expect(reachNotes(viewOf(four, none))).toEqual([
      'Nobody reaches anybody: this network may keep its devices apart (client isolation).',
    ])
  })

  it('counts those that are too many to name', () => {
    const names = Array.from({ length: 12 }, (_, i) => `S${i}`)
    const pairs = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`S0 S${i + 1}`, 'none'] as const))
    const notes = reachNotes(viewOf(names, pairs))
    expect(notes).toHaveLength(7)
    expect(notes.at(-1)).toBe('4 more pairs do not reach each other.')
  })

  it('tells who left, and that only some were asked', () => {
    const view = viewOf(four, {}, { leftOut: 5 })
    const participants = view.participants.map((participant) =>
      participant.name === 'Cem' ? { ...participant, state: 'left' as const } : participant,
    )
    expect(reachNotes({ ...view, participants })).toEqual([
      'Cem left.',
      '3 of 8 students were asked, chosen at random.',
    ])
  })
})

it('a pair is waited for while it is looked for, unless one of the two has left', () => {
  const view = viewOf(four, bobAlone, { phase: 'running' })
  expect(reachPairOf(view, 1, 2)).toBe('waiting')
  const participants = view.participants.map((participant) =>
    participant.name === 'Bob' ? { ...participant, state: 'left' as const } : participant,
  )
  expect(reachPairOf({ ...view, participants }, 1, 2)).toBe('unknown')
  expect(reachPairOf(view, 1, 3)).toBe('direct')
})
