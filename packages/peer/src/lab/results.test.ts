import { boundsOf, type ExperimentResult } from '@swarmdrop/core/simulation'
import { expect, it } from 'vitest'
import { boundOf, type LabResult, resultsAsCsv, resultsOf } from './results'
import { experimentOf, firstSettings } from './settings'

function resultOf(mode: 'p2p' | 'client-server', names: string[]): LabResult {
  const experiment = experimentOf(firstSettings, mode, names.length)
  const measured: ExperimentResult = {
    distributionSeconds: 12.5,
    bounds: boundsOf(experiment),
    ratio: 1.1,
    uploadUtilisation: 0.9,
    serverUploadedBytes: 1_000,
    peers: names.map((_, i) => ({
      id: `peer ${i + 1}`,
      completedAtSeconds: 10 + i,
      uploadedBytes: i,
      downloadedBytes: 5,
    })),
  }
  return {
    id: mode + names.join(),
    experiment,
    measured,
    simulated: measured,
    startedAt: '2026-01-02T03:04:05.000Z',
    names,
  }
}

it('reads back what it wrote', () => {
  const results = [resultOf('p2p', ['Ada', 'Bob']), resultOf('client-server', ['Ada'])]
  expect(resultsOf(JSON.parse(JSON.stringify(results)))).toEqual(results)
})

it('leaves out what is wrong in a list of results', () => {
  const good = resultOf('p2p', ['Ada'])
  const wrong = { ...good, experiment: { ...good.experiment, mode: 'by post' } }
  const worse = { ...good, measured: { ...good.measured, ratio: 'fine' } }
  expect(resultsOf([wrong, worse, good])).toEqual([good])
})

it('takes the bound of the run’s own mode', () => {
  const p2p = resultOf('p2p', ['Ada', 'Bob'])
  expect(boundOf(p2p)).toBe(p2p.measured.bounds.chunked)
  const clientServer = resultOf('client-server', ['Ada', 'Bob'])
  expect(boundOf(clientServer)).toBe(clientServer.measured.bounds.clientServer)
})

it('writes a line for each peer, with names that neither break the table nor run as a formula', () => {
  const lines = resultsAsCsv([resultOf('p2p', ['=1+2', 'Ada, "the first"'])])
    .trim()
    .split('\r\n')
  expect(lines).toHaveLength(3)
  // So that a spreadsheet reads the names' letters as they are.
  expect([...new TextEncoder().encode(resultsAsCsv([])).slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 'r'.charCodeAt(0)])
  expect(lines[1]).toContain(",'=1+2,")
  expect(lines[2]).toContain(',"Ada, ""the first""",')
  for (const name of [' =1', '＝1', '@SUM', '\t1', '-1', '＋1'])
    expect(resultsAsCsv([resultOf('p2p', [name])])).toContain(`,'${name},`)
})
