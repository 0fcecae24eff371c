// Two settings compared: run in turn, simulated with many seeds, and judged.
import { describe, expect, it } from 'vitest'
import { classOf, smallSettings } from '../testing/virtual-lab'
import { comparedOf, comparisonOf, comparisonSteps } from './comparison'
import { simulateAll, withSeeds } from './seeds'
import { experimentOf, firstSettings } from './settings'

const a = firstSettings
const b = { ...firstSettings, policy: { picker: 'sequential' as const } }

describe('a comparison', () => {
  it('makes A, B, A, B, …, each time with the same seed for both, and one way where both are set', () => {
    const steps = comparisonSteps(a, b, 8, 2).map(
      ({ settings, mode }) => `${settings.policy.picker ?? 'default'} ${settings.seed} ${mode}`,
    )
    expect(steps).toEqual(['default 1 p2p', 'sequential 1 p2p', 'default 2 p2p', 'sequential 2 p2p'])
  })

  it('is run from the host in turn, and counts each run for its side', async () => {
    const { lab, host } = await classOf(2, [], smallSettings)
    const before = lab.shown.settings
    host.compare(before)
    host.change({ serverUploadBytesPerSecond: 40_000 })
    host.repeat(3)
    void host.runComparison()
    expect(await lab.untilOver(1_000_000)).toBe(true)
    expect(lab.results.all.map(({ experiment }) => experiment.server.uploadBytesPerSecond)).toEqual(
      Array(3).fill([80_000, 40_000]).flat(),
    )
    // A double simulates, and runs so short are faster than the bound: neither is a judge of these.
    const trusted = lab.results.all.map((result) => {
      const measured = { ...result.measured, ratio: 1 }
      return { ...result, measured, simulated: measured }
    })
    const { a: first, b: second, ratio } = comparedOf(before, lab.shown.settings, 2, trusted)
    expect([first.seconds.length, second.seconds.length]).toEqual([3, 3])
    expect(ratio?.times).toBeGreaterThan(1.3)
    expect(ratio?.interval.low).toBeGreaterThan(1)
    await lab.reloadTeacher()
    expect(lab.shown.compared).toEqual(before)
    lab.host.compare(undefined)
    expect(lab.shown.compared).toBeUndefined()
  })

  it('is simulated with thirty seeds of each, and tells how far it is', async () => {
    const { lab, host } = await classOf(2, [], smallSettings)
    host.compare(lab.shown.settings)
    host.change({ policy: { picker: 'random' } })
    const phases = new Set<string>()
    host.subscribe(() => phases.add(lab.shown.simulations?.phase ?? 'none'))
    await host.simulateComparison()
    const { simulations, compared, settings } = lab.shown
    expect(simulations).toMatchObject({ phase: 'done', a: { length: 30 }, b: { length: 30 } })
    expect([...phases]).toEqual(['running', 'done'])
    expect(simulations?.of).toBe(compared && comparisonOf(compared, settings, 2))
    expect(lab.simulated.map(({ seed }) => seed)).toEqual(
      [...Array(2)].flatMap(() => [...Array(30)].map((_, i) => 1 + i)),
    )
    // Of other settings they say nothing.
    host.change({ policy: {} })
    expect(lab.shown.simulations?.of).not.toBe(compared && comparisonOf(compared, lab.shown.settings, 2))
  })
})

describe('many simulations', () => {
  const experiments = withSeeds(experimentOf(firstSettings, 'p2p', 2), 7)

  it('are never more at a time than may be, and come back in order', async () => {
    let underWay = 0
    let most = 0
    const simulate = async ({ seed }: { seed: number }) => {
      most = Math.max(most, ++underWay)
      for (let i = 0; i < 8 - seed; i++) await Promise.resolve()
      underWay--
      return { distributionSeconds: seed, peers: [{ completedAtSeconds: 1 }, { completedAtSeconds: 1 }] } as never
    }
    const seconds = await simulateAll(
      { simulate, simulationsAtOnce: 3 },
      experiments,
      new AbortController().signal,
      () => {},
    )
    expect(seconds).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(most).toBe(3)
  })

  it('end when they are cancelled', async () => {
    const cancel = new AbortController()
    let begun = 0
    const simulate = async () => {
      if (++begun === 2) cancel.abort(new Error('cancelled'))
      return { distributionSeconds: 1, peers: [] } as never
    }
    await expect(simulateAll({ simulate, simulationsAtOnce: 1 }, experiments, cancel.signal, () => {})).rejects.toThrow(
      'cancelled',
    )
    expect(begun).toBe(2)
  })
})
