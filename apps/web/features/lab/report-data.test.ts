import { boundsOf, type ExperimentResult } from '@swarmdrop/core/simulation'
import { experimentOf, firstSettings, type LabResult, type LabSettings } from '@swarmdrop/peer/lab'
import { describe, expect, it } from 'vitest'
import { reportFigure, reportOf } from './report-data'

let made = 0
function run(mode: 'p2p' | 'client-server', seconds: number, settings: Partial<LabSettings> = {}): LabResult {
  const experiment = experimentOf({ ...firstSettings, ...settings }, mode, 8)
  const bounds = boundsOf(experiment)
  const measured: ExperimentResult = {
    distributionSeconds: seconds,
    bounds,
    ratio: seconds / (mode === 'p2p' ? bounds.chunked : bounds.clientServer),
    uploadUtilisation: 1,
    serverUploadedBytes: 0,
    peers: [],
  }
  return { id: `${++made}`, experiment, measured, simulated: measured, startedAt: '' }
}
const page = { compared: undefined, settings: firstSettings, peerCount: 8 }
const plain = (words: string | undefined) => words?.replaceAll('\u00a0', ' ')

describe('a report', () => {
  it('of nothing is none', () => {
    expect(reportOf({ ...page, results: [] })).toBeUndefined()
  })

  it('says what was set, what came of it, and a line for each setting, with what it differs in', () => {
    const random = { policy: { picker: 'random' as const } }
    const results = [
      run('p2p', 15, random),
      run('p2p', 13),
      run('client-server', 52),
      run('p2p', 13.4),
      run('client-server', 52),
      run('p2p', 13.2),
      run('client-server', 52),
    ]
    const report = reportOf({
      ...page,
      results: [
        ...results.slice(0, 1),
        { ...(results[1] as LabResult), notes: ['Bob left.'], note: 'A slow phone.' },
        ...results.slice(2),
      ],
    })
    expect(report?.settings.map(({ label }) => label)).toEqual([
      'File',
      'Server’s upload',
      'Each peer’s upload',
      'Each peer’s download',
      'Picker',
      'Choker',
    ])
    expect(plain(report?.sentences[0])).toBe(
      'Together 13.2 s (12.7 to 13.7), alone 52.0 s (52.0 to 52.0): 3.9 times as fast.',
    )
    expect(report?.rows.map(({ setting, mode, runs, measured }) => [setting, mode, runs, plain(measured)])).toEqual([
      ['random', 'peer-to-peer', '1', '15.0 s'],
      ['', 'peer-to-peer', '3', '13.2 s (12.7 to 13.7)'],
      ['', 'client-server', '3', '52.0 s (52.0 to 52.0)'],
    ])
    expect(report?.notes).toEqual(['Run 2: A slow phone.', 'Run 2: Bob left.'])
  })

  it('draws the figure of the run, whatever is set by now', () => {
    const slow = { serverUploadBytesPerSecond: 500_000 }
    const results = [run('p2p', 13), run('p2p', 30, slow), run('client-server', 256, slow)]
    const figure = reportFigure(results)
    expect(figure?.measured.map(({ seconds }) => seconds)).toEqual([30, 256])
    expect(figure?.curves.at(-1)).toMatchObject({ n: 8, clientServer: 256 })
    expect(reportFigure([])).toBeUndefined()
  })

  it('of a comparison says which is quicker', () => {
    const b = { ...firstSettings, policy: { picker: 'sequential' as const } }
    const results = [13, 13.2, 13.1].flatMap((seconds) => [run('p2p', seconds), run('p2p', 1.4 * seconds, b)])
    const report = reportOf({ ...page, settings: b, compared: firstSettings, results })
    expect(report?.sentences).toEqual(['Rarest first is 1.4 times as fast (1.4 to 1.4, 3 runs).'])
  })
})
