import type { StoreFault } from '@swarmdrop/core'
import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { statusOf, wayOnWord } from './status'

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
    expect(statusOf(transfer({ phase: 'connecting', ...cut }), { waited: true })).toBe('Looking for a way to them…')
    expect(statusOf(transfer({ phase: 'ready', ...cut }))).toMatch(/when a way to them is found/)
    expect(statusOf(transfer({ phase: 'downloading', ...cut }))).toMatch(/Waiting for a way/)
  })
  it('says when somebody is found', () =>
    expect(statusOf(transfer({ phase: 'metadata', neighbours: [person()] }), { waited: true })).toMatch(
      /^Found 1 person/,
    ))
})

describe('while downloading', () => {
  it('counts only those who serve us', () => {
    const neighbours = [
      person({ amInterested: true, peerChoking: false }),
      person({ amInterested: true }),
      person({ peerInterested: true, amChoking: false }),
    ]
    expect(statusOf(transfer({ neighbours }))).toBe('Downloading from 1 person, and passing it on to 1.')
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
    expect(statusOf(done)).toBe('You are helping 2 others. Save it, then close any time.')
    expect(statusOf({ ...done, saved: 'saved' })).toBe('You are helping 2 others. It is saved. Close any time.')
  })
  it('calls nothing saved that was only handed to the browser', () => {
    const handed = transfer({ phase: 'complete', saved: 'handed-over' })
    for (const keeping of ['kept', 'while-open', 'beside-another-tab'] as const)
      expect(statusOf({ ...handed, keeping })).toMatch(/handed to your browser: .*look among its downloads/)
    expect(statusOf({ ...handed, keeping: 'kept' })).toMatch(/A copy stays here, so close any time\.$/)
    expect(statusOf({ ...handed, keeping: 'while-open' })).toMatch(/before you close this page/)
  })
  it('says what was given when nobody is left', () =>
    expect(statusOf(transfer({ phase: 'complete', uploadedBytes: 12e6 }))).toMatch(/^You have sent 12.0.MB/))
})

it('names the button of a paused transfer by what it does', () => {
  expect(
    [undefined, 'no-space', 'silent', 'vanished', 'damaged'].map((fault) => wayOnWord(fault as StoreFault)),
  ).toEqual(['Continue', 'Continue', 'Continue', 'Fetch it again', 'Fetch it again'])
})

it('lets the session speak first', () =>
  expect(statusOf(transfer({ problem: 'There is no space left.' }))).toBe('There is no space left.'))
