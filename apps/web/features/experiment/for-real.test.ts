import { boundsOf, capacitiesOf, type Experiment, parseExperiment } from '@swarmdrop/core/simulation'
import { p2pSeconds } from '@swarmdrop/core/theory'
import { experimentOf, firstSettings, labDataProblem } from '@swarmdrop/peer/lab'
import { describe, expect, it } from 'vitest'
import { forReal, readRealQuery, realQuery, toTheory } from './for-real'
import { PRESETS } from './presets'
import { experimentFor } from './state-experiment'
import { KNOWN_FIGURE, peerCount } from './theory-state'

const bindingOf = (experiment: Experiment) => p2pSeconds(capacitiesOf(experiment)).binding

describe('a run for real of what stands on the theory page', () => {
  it.each(PRESETS.map(({ name, state }) => [name, state] as const))(
    'of “%s” fits a page and a lesson, in the same proportions',
    (_name, state) => {
      const { settings, peerCount: n } = forReal(state)
      const real = experimentOf(settings, 'p2p', n)
      expect(parseExperiment(real)).toMatchObject({ ok: true })
      expect(labDataProblem(settings.fileBytes, settings.chunkBytes)).toBeUndefined()
      expect(n).toBe(Math.min(30, peerCount(state)))
      const [bounds, before] = [boundsOf(real), boundsOf(experimentFor(state, 'p2p', n))]
      expect(bounds.p2p).toBeLessThan(21)
      expect((n * settings.fileBytes) / bounds.p2p).toBeLessThan(4.1e6)
      expect(settings.fileBytes / settings.chunkBytes).toBeGreaterThanOrEqual(60)
      expect(bounds.clientServer / bounds.p2p / (before.clientServer / before.p2p)).toBeCloseTo(1, 1)
      expect(bindingOf(real)).toBe(bindingOf(experimentFor(state, 'p2p', n)))
    },
  )

  it('says how much smaller it is', () => {
    const { settings, fileShare, speedShare } = forReal(KNOWN_FIGURE)
    expect([speedShare, 1 / fileShare]).toEqual([1, 90])
    expect([settings.fileBytes, settings.serverUploadBytesPerSecond, settings.everybody.uploadBytesPerSecond]).toEqual([
      1_200_000, 300_000, 30_000,
    ])
  })
})

describe('the way between the pages', () => {
  it('carries the settings to the lab, and only by an address that says so', () => {
    for (const { state } of PRESETS) expect(readRealQuery(realQuery(state))).toEqual(state)
    expect(readRealQuery('file=20')).toBeUndefined()
  })

  it('leads back with all kinds of peers, free riders as those who upload nothing', () => {
    const settings = {
      ...firstSettings,
      specials: [{ ...firstSettings.everybody, count: 2, behaviour: 'free-rider' as const }],
    }
    const state = toTheory(settings, 8)
    expect(state.classes).toEqual([
      { count: 6, up: 1_000_000, down: 8_000_000 },
      { count: 2, up: 0, down: 8_000_000 },
    ])
    expect(boundsOf(experimentFor(state, 'p2p'))).toEqual(boundsOf(experimentOf(settings, 'p2p', 8)))
    expect(toTheory(forReal(KNOWN_FIGURE).settings, 10)).toMatchObject({
      serverUpload: 300_000,
      classes: [{ count: 10, up: 30_000, down: undefined }],
    })
  })
})
