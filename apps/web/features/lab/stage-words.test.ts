import { participantsOf } from '@swarmdrop/core/simulation'
import { experimentOf, firstSettings, type OwnRun } from '@swarmdrop/peer/lab'
import { expect, it } from 'vitest'
import { stageInWords } from './stage-words'

const experiment = experimentOf(firstSettings, 'p2p', 8)
const part: OwnRun = {
  experiment,
  plan: participantsOf(experiment).peers[0] as OwnRun['plan'],
  stage: 'running',
  status: { ids: [], held: new Uint8Array(), uploadedBytes: 0, downloadedBytes: 0, limitedMs: 0, neighbours: [] },
  chunkCount: 4,
  elapsedSeconds: 12.4,
  startsInSeconds: 0,
  completedAfterMs: undefined,
  points: [],
  participants: [],
  seconds: undefined,
  reason: '',
}
const said = (more: Partial<OwnRun>, rank = 'You are 5th of 8.') =>
  stageInWords({ ...part, ...more }, rank).replaceAll('\u00a0', ' ')

it('says how a student’s part goes, from the countdown to the end', () => {
  expect([
    said({ stage: 'connecting' }),
    said({ stage: 'connecting', startsInSeconds: 2.4 }),
    said({}),
    said({ completedAfterMs: 18_800 }),
    said({ stage: 'over', completedAfterMs: 18_800, seconds: 26.82 }),
    said({ stage: 'over', seconds: null, reason: 'The run was cancelled.' }),
  ]).toEqual([
    'Connecting to the others. The run begins when all are ready.',
    'Starts in 3…',
    '12 s. You are 5th of 8.',
    'You finished in 18.8 s. You are 5th of 8. You are helping the others now.',
    'You finished in 18.8 s. You were 5th of 8. The last one finished in 26.8 s. Keep this tab open for the next run.',
    'The run was cancelled. Keep this tab open for the next one.',
  ])
})
