import { boundsOf, capacitiesOf } from '@swarmdrop/core/simulation'
import { terms } from '@swarmdrop/core/theory'
import { describe, expect, it } from 'vitest'
import { PRESETS } from './presets'
import { sumOfUploads, withSymbol, withTerm } from './push'
import { experimentFor } from './state-experiment'
import { KNOWN_FIGURE, peerCount, type TheoryState } from './theory-state'

const termsOf = (state: TheoryState) => terms(capacitiesOf(experimentFor(state, 'p2p')))
const secondsOf = (state: TheoryState, binding: string) =>
  termsOf(state).find((term) => term.binding === binding)?.seconds ?? Number.NaN
const presetOf = (name: string) => PRESETS.find((preset) => preset.name === name)?.state as TheoryState

describe('a bar that is pushed', () => {
  it.each(['server-upload', 'slowest-download', 'total-upload'] as const)(
    'is as long as it was pushed to: %s',
    (binding) => {
      for (const { state } of PRESETS)
        for (const share of [0.7, 1.6]) {
          const seconds = Math.max(60, secondsOf(state, binding)) * share
          const pushed = { ...state, ...withTerm(state, binding, seconds) }
          expect(secondsOf(pushed, binding) / seconds).toBeCloseTo(1, 1)
          expect(pushed.fileBytes).toBe(state.fileBytes)
          expect(peerCount(pushed)).toBe(peerCount(state))
        }
    },
  )

  it('stops where nobody uploads but the server', () => {
    const pushed = { ...KNOWN_FIGURE, ...withTerm(KNOWN_FIGURE, 'total-upload', 1e6) }
    expect([sumOfUploads(pushed), secondsOf(pushed, 'total-upload')]).toEqual([0, 3_600])
    const back = { ...pushed, ...withTerm(pushed, 'total-upload', 1_800) }
    expect(back.classes).toEqual(KNOWN_FIGURE.classes)
  })

  it('makes only the slowest quicker, until others are as slow', () => {
    const phone = presetOf('One slow phone')
    const quicker = withTerm(phone, 'slowest-download', 200)
    expect(quicker.classes?.map(({ down }) => down)).toEqual([3_000_000, 540_000])
    const slower = withTerm({ ...phone, ...withTerm(phone, 'slowest-download', 20) }, 'slowest-download', 108)
    expect(slower.classes?.map(({ down }) => down)).toEqual([1_000_000, 1_000_000])
  })
})

describe('a symbol that is pushed', () => {
  it('changes its quantity alone, and N by one at least', () => {
    expect(withSymbol(KNOWN_FIGURE, 'file', 2)).toEqual({ fileBytes: 216_000_000 })
    expect(withSymbol(KNOWN_FIGURE, 'server', 0.5)).toEqual({ serverUpload: 150_000 })
    expect(withSymbol(KNOWN_FIGURE, 'upload', 2).classes?.[0]?.up).toBe(60_000)
    expect(withSymbol(KNOWN_FIGURE, 'download', 0.5).classes?.[0]?.down).toBe(150_000)
    expect(withSymbol(KNOWN_FIGURE, 'peers', 1.02).classes?.[0]?.count).toBe(11)
    expect(withSymbol(KNOWN_FIGURE, 'peers', 0.98).classes?.[0]?.count).toBe(9)
    const one = { ...KNOWN_FIGURE, classes: [{ count: 1, up: 0, down: undefined }] }
    expect(withSymbol(one, 'peers', 0.5).classes?.[0]?.count).toBe(1)
  })
})

describe('the presets', () => {
  it('differ in what sets the pace, or by how far, and the textbook’s is the known figure', () => {
    const bindings = PRESETS.map(({ state }) => boundsOf(experimentFor(state, 'p2p')).binding)
    expect(bindings).toEqual(['total-upload', 'server-upload', 'server-upload', 'slowest-download'])
    expect(presetOf('Textbook')).toBe(KNOWN_FIGURE)
  })
})
