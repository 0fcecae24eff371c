import { describe, expect, it } from 'vitest'
import { experiment } from '../testing/experiments'
import { parseExperiment } from './experiment'

const good = experiment({ chunks: 4, serverUploadBytesPerSecond: 1_000, peers: [{ count: 3 }, {}] })
const group = { count: 1, uploadBytesPerSecond: 1, downloadBytesPerSecond: 1 }

const problemsOf = (value: unknown) => {
  const parsed = parseExperiment(value)
  return parsed.ok ? [] : parsed.problems
}

describe('experiment', () => {
  it('[SIM-1] is taken as it is when nothing is wrong with it', () => {
    expect(parseExperiment(JSON.parse(JSON.stringify(good)))).toEqual({ ok: true, experiment: good })
  })

  it.each<[string, unknown, string[]]>([
    ['no object', 5, ['the experiment: expected an object, found 5']],
    ['nothing', undefined, ['the experiment: expected an object, found nothing']],
    ['no groups', { ...good, peers: [] }, ['peers: expected at least 1 entry, found a list of 0']],
    ['text for a number', { ...good, seed: 'one' }, ['seed: expected a number, found "one"']],
    ['a broken number', { ...good, seed: 1.5 }, ['seed: expected a whole number, found 1.5']],
    ['another mode', { ...good, mode: 'post' }, ['mode: expected one of "p2p", "client-server", found "post"']],
    [
      'no upload anywhere',
      { ...good, server: { uploadBytesPerSecond: 0 } },
      ['server.uploadBytesPerSecond: expected more than 0, found 0'],
    ],
    ['chunks over the limit', { ...good, chunkBytes: 300_000 }, ['chunkBytes: expected at most 262144, found 300000']],
    ['a misspelt field', { ...good, policy: { piker: 'random' } }, ['policy.piker: expected no field of this name']],
    [
      'several at once',
      { ...good, name: '', peers: [group, { count: 0, uploadBytesPerSecond: -1 }] },
      [
        'name: expected at least 1 character, found ""',
        'peers[1].count: expected at least 1, found 0',
        'peers[1].uploadBytesPerSecond: expected at least 0, found -1',
        'peers[1].downloadBytesPerSecond: expected a number, found nothing',
      ],
    ],
  ])('[SIM-1] refuses %s, and says where and what was expected', (_what, value, problems) => {
    expect(problemsOf(value)).toEqual(problems)
  })

  it.each<[string, object[], string]>([
    [
      'leaving before all have joined',
      [{ ...group, joinAtSeconds: 5, joinWithinSeconds: 5, leaveAtSeconds: 9 }],
      'peers[0].leaveAtSeconds: expected no less than 10',
    ],
    [
      'coming back without leaving',
      [group, { ...group, rejoinAtSeconds: 5 }],
      'peers[1].leaveAtSeconds: expected a number',
    ],
    [
      'coming back before leaving',
      [{ ...group, leaveAtSeconds: 5, rejoinAtSeconds: 4 }],
      'peers[0].rejoinAtSeconds: expected more than',
    ],
    [
      'nobody who wants the file',
      [{ ...group, behaviour: 'claims-all' }],
      'peers: expected at least one that wants the file',
    ],
    [
      'too many in all',
      [
        { ...group, count: 9_000 },
        { ...group, count: 9_000 },
      ],
      'peers: expected at most 10000 in all, found 18000',
    ],
  ])('[SIM-1] refuses %s', (_what, peers, problem) => {
    expect(problemsOf({ ...good, peers })).toEqual([expect.stringContaining(problem)])
  })
})
