// The experiments that come with the project: all are valid, and the short ones come as close to the bound as we claim.
// The longer ones are in experiments.long.test.ts.
import { readdirSync, readFileSync } from 'node:fs'
import { parseExperiment, simulate } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { inProject } from '../tooling/project.mjs'

const parsed = (name: string) => parseExperiment(JSON.parse(readFileSync(inProject('experiments', name), 'utf8')))

describe('experiments/', () => {
  it.each(readdirSync(inProject('experiments')))('[SIM-13] %s is a valid experiment', (name) => {
    expect(parsed(name)).toMatchObject({ ok: true })
  })
})

describe('close to the bound', { timeout: 60_000 }, () => {
  it.each([
    ['the-figure-n01.json', 1.05],
    ['the-figure-n02.json', 1.05],
    ['short.json', 1.12],
  ])('[OUT-1] %s takes at most %f times the bound, with seeds 1 to 5', (name, limit) => {
    const file = parsed(name)
    if (!file.ok) throw new Error(file.problems.join('\n'))
    for (const seed of [1, 2, 3, 4, 5]) {
      const { ratio } = simulate({ ...file.experiment, seed }).result
      expect(ratio, `seed ${seed}`).toBeLessThanOrEqual(limit)
    }
  })

  it('[OUT-1] one slow downloader holds nobody else up', () => {
    const file = parsed('one-slow-downloader.json')
    if (!file.ok) throw new Error(file.problems.join('\n'))
    const [quick, slow] = file.experiment.peers
    if (!quick || !slow) throw new Error('two groups are expected')
    const others = simulate(file.experiment).result.peers.slice(0, quick.count)
    const without = simulate({ ...file.experiment, peers: [quick] }).result.peers
    const last = (peers: typeof others) => Math.max(...peers.map((peer) => peer.completedAtSeconds ?? Number.NaN))
    expect(last(others)).toBeLessThan(1.1 * last(without))
  })
})
