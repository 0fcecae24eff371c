import type { StoreFault } from '@swarmdrop/core'
import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { statusOf, sumWords, wayOnWord } from './status'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const person = (facts: Partial<NeighbourSnapshot> = {}): NeighbourSnapshot => ({
  id: 'a',
  number: 1,
  complete: false,
  chunksHeld: 0,
  chunksChosen: 4,
  uploadRate: 0,
  downloadRate: 0,
  uploadedBytes: 0,
  downloadedBytes: 0,
  amChoking: true,
  peerChoking: true,
  amInterested: false,
  peerInterested: false,
  optimistic: false,
  paused: false,
  serves: true,
  way: 'direct',
  ...facts,
})

const transfer = (facts: Partial<TransferSnapshot>): TransferSnapshot => ({
  link: '',
  role: 'receiver',
  phase: 'downloading',
  tracker: 'online',
  name: 'a.bin',
  bytes: 1000,
  files: [{ path: 'a.bin', bytes: 1000 }],
  folders: [],
  chunkCount: 4,
  chunksHeld: 0,
  filesChosen: 1,
  chunksChosen: 4,
  bytesChosen: 1000,
  uploadedBytes: 0,
  downloadedBytes: 0,
  uploadRate: 0,
  downloadRate: 0,
  swarmSize: 1,
  neighbours: [],
  othersHoldAll: false,
  distribution: { phase: 'waiting', count: 0, people: [] },
  ...facts,
})

describe('before anything is known', () => {
  it('looks first, and says after a while what to do', () => {
    expect(statusOf(transfer({ phase: 'connecting' }))).toBe('Looking for people who have it…')
    expect(statusOf(transfer({ phase: 'metadata' }), { waited: true })).toMatch(
      /^Nobody who has it is online.*ask for the link/,
    )
  })
  it('does not blame the others while the tracker is away', () =>
    expect(statusOf(transfer({ phase: 'connecting', tracker: 'offline' }), { waited: true })).toMatch(
      /server.*keeps trying/,
    ))
  it('does not say that nobody is there where somebody is, and no way leads there', () => {
    const cut = { connectionProblem: 'Somebody is there, but …' }
    expect(statusOf(transfer({ phase: 'connecting', ...cut }), { waited: true })).toBe('Trying to connect to them…')
    expect(statusOf(transfer({ phase: 'ready', ...cut }))).toMatch(/when you are connected to them/)
    expect(statusOf(transfer({ phase: 'downloading', ...cut }))).toMatch(/Waiting for a connection/)
  })
  it('says when somebody is found', () =>
    expect(statusOf(transfer({ phase: 'metadata', neighbours: [person()] }), { waited: true })).toMatch(
      /^Found 1 person/,
    ))
})

it('says before it that nothing happens by itself, and that downloading passes on', () => {
  const ready = transfer({ phase: 'ready', neighbours: [person()] })
  expect(statusOf(ready)).toBe(
    'Nothing downloads until you click Download. While this page is open, it passes the file on to others.',
  )
  expect(statusOf({ ...ready, receiveOnly: true })).toBe('Nothing downloads until you click Download.')
})

describe('while downloading', () => {
  it('counts only those who serve us', () => {
    const neighbours = [
      person({ amInterested: true, peerChoking: false }),
      person({ amInterested: true }),
      person({ peerInterested: true, amChoking: false }),
    ]
    expect(statusOf(transfer({ neighbours }))).toBe('Downloading from 1 person, and passing it on to 1.')
    expect(plain(statusOf(transfer({ neighbours, uploadRate: 4e5 })))).toMatch(/ passing it on to 1 at 0\.4 MB\/s\.$/)
  })
  it('waits when nobody is there, or nobody with what is missing', () => {
    const waiting = 'Waiting: nobody who has the missing parts is online.'
    expect(statusOf(transfer({}))).toBe(waiting)
    expect(statusOf(transfer({ neighbours: [person()] }))).toBe(waiting)
  })
  it('waits for a turn when all choke us', () =>
    expect(statusOf(transfer({ neighbours: [person({ amInterested: true })] }))).toMatch(/^Waiting for a turn/))
})

describe('once complete', () => {
  it('says whom it helps, and to save first', () => {
    const done = transfer({ phase: 'complete', neighbours: [person(), person(), person({ complete: true })] })
    expect(statusOf(done)).toBe('Save it. Then close any time, or stay to help others. You are helping 2 others.')
    expect(statusOf({ ...done, saved: 'saved' })).toBe(
      'It is saved. Close any time, or stay to help others. You are helping 2 others.',
    )
    expect(statusOf({ ...done, receiveOnly: true })).toBe('Save it. Then close any time.')
  })
  it('calls nothing saved that was only handed to the browser', () => {
    const handed = transfer({ phase: 'complete', saved: 'handed-over' })
    for (const keeping of ['kept', 'while-open', 'beside-another-tab'] as const)
      expect(statusOf({ ...handed, keeping })).toMatch(/handed to your browser: .*check (in )?its downloads/)
    expect(statusOf({ ...handed, keeping: 'kept' })).toMatch(/A copy stays here, so close any time\.$/)
    expect(statusOf({ ...handed, keeping: 'while-open' })).toMatch(/before you close this page/)
  })
  it('sums up what came, in how long, and what was passed on', () => {
    const own = { number: 0, role: 'downloader' as const, tookSeconds: 21.4 }
    const done = transfer({ phase: 'complete', bytesChosen: 42e6, uploadedBytes: 8.7e6 })
    const timed = { ...done, distribution: { phase: 'done', count: 1, people: [own] } } as unknown as TransferSnapshot
    expect(plain(sumWords(timed))).toBe('42.0 MB in 22 s. You passed on 8.7 MB.')
    expect(plain(sumWords({ ...timed, chunksRestored: 3 }))).toBe('42.0 MB. You passed on 8.7 MB.')
    expect(plain(sumWords({ ...done, uploadedBytes: 0 }))).toBe('42.0 MB.')
  })
})

it('names the button of a paused transfer by what it does', () => {
  expect(
    [undefined, 'no-space', 'silent', 'vanished', 'damaged'].map((fault) => wayOnWord(fault as StoreFault)),
  ).toEqual(['Continue', 'Try again', 'Continue', 'Fetch it again', 'Fetch it again'])
})

it('lets the session speak first', () =>
  expect(statusOf(transfer({ problem: 'There is no space left.' }))).toBe('There is no space left.'))
