import { describe, expect, it } from 'vitest'
import { keyMeaning, screenAt, type WallMoment } from './wall-screens'

const at = (more: Partial<WallMoment>) =>
  screenAt({ phase: 'setup', step: 0, isCountingDown: false, hasPodium: false, ...more }, undefined)

describe('the wall', () => {
  it('goes from the lobby by the countdown and the swarm to the podium by itself', () => {
    expect([
      at({}),
      at({ phase: 'connecting', step: 1 }),
      at({ phase: 'running', step: 1, isCountingDown: true }),
      at({ phase: 'running', step: 1 }),
      at({ phase: 'connecting', step: 2 }),
      at({ phase: 'running', step: 2, isCountingDown: true }),
      at({ phase: 'done', step: 2, hasPodium: true }),
    ]).toEqual(['lobby', 'lobby', 'countdown', 'swarm', 'swarm', 'swarm', 'podium'])
    expect([at({ phase: 'failed' }), at({ phase: 'done' })]).toEqual(['lobby', 'lobby'])
  })

  it('shows what a key has chosen, but for the countdown', () => {
    const running: WallMoment = { phase: 'running', step: 1, isCountingDown: false, hasPodium: false }
    expect(screenAt(running, 'chunks')).toBe('chunks')
    expect(screenAt({ ...running, isCountingDown: true }, 'chunks')).toBe('countdown')
  })

  it('knows the keys 1 to 5, F and Escape, and no others', () => {
    expect(['1', '2', '3', '4', '5'].map(keyMeaning)).toEqual(
      ['lobby', 'swarm', 'chunks', 'figure', 'podium'].map((show) => ({ show })),
    )
    expect([keyMeaning('f'), keyMeaning('Escape')]).toEqual(['full-screen', 'leave'])
    expect(['0', '6', 'a', ' ', 'Enter'].map(keyMeaning)).toEqual(Array(5).fill(undefined))
  })
})
