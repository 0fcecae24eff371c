import { describe, expect, it } from 'vitest'
import { Coordinator, READY_WITHIN_MS, STALLED_AFTER_MS } from './coordinator'
import { LOST_AFTER_MS } from './participant-state'
import type { ParticipantSchedule } from './run-events'

const plan = (id: string, more: Partial<ParticipantSchedule> = {}): ParticipantSchedule => ({
  id,
  name: id,
  joinAtMs: 0,
  leaveAtMs: undefined,
  rejoinAtMs: undefined,
  leavesWhenComplete: false,
  isCounted: id !== 'server',
  ...more,
})

const LEAD_MS = 300

/** A run that has begun at `LEAD_MS`, with everybody ready at once. */
function started(...plans: ParticipantSchedule[]): Coordinator {
  const run = new Coordinator([plan('server'), ...plans], LEAD_MS, 0)
  for (const action of run.begin()) if (action.type === 'open') run.handle({ type: 'ready', id: action.id }, 0)
  expect(run.state).toEqual({ phase: 'running', startedAtMs: LEAD_MS })
  return run
}

describe('the barrier', () => {
  it('lets everybody begin at one moment, once the last is ready', () => {
    const run = new Coordinator([plan('server'), plan('a'), plan('b')], LEAD_MS, 0)
    expect(run.begin().map((action) => action.type)).toEqual(['open', 'open', 'open'])
    run.handle({ type: 'ready', id: 'server' }, 10)
    expect(run.handle({ type: 'ready', id: 'a' }, 20)).toEqual([])
    expect(run.handle({ type: 'ready', id: 'b' }, 5_000)).toEqual([{ type: 'start', atMs: 5_000 + LEAD_MS }])
  })

  it('goes on without those who are not connected in time, and says who they are', () => {
    const run = new Coordinator([plan('server'), plan('a'), plan('b')], LEAD_MS, 0)
    run.begin()
    run.handle({ type: 'ready', id: 'server' }, 10)
    run.handle({ type: 'ready', id: 'a' }, 20)
    expect(run.nextWakeMs).toBe(READY_WITHIN_MS)
    expect(run.handle({ type: 'wake' }, READY_WITHIN_MS)).toEqual([
      { type: 'close', id: 'b' },
      { type: 'start', atMs: READY_WITHIN_MS + LEAD_MS },
    ])
    expect(run.takingPart).toEqual(['server', 'a'])
    expect(run.notes.join()).toContain('within 30 s: b')
  })

  it('fails in words when nobody is there', () => {
    const run = new Coordinator([plan('server'), plan('a')], LEAD_MS, 0)
    run.begin()
    run.handle({ type: 'ready', id: 'server' }, 10)
    run.handle({ type: 'wake' }, READY_WITHIN_MS)
    expect(run.state).toMatchObject({ phase: 'failed', reason: expect.stringContaining('Nobody could connect') })
  })

  it('waits again for one who was ready and has vanished', () => {
    const run = new Coordinator([plan('server'), plan('a')], LEAD_MS, 0)
    run.begin()
    run.handle({ type: 'ready', id: 'a' }, 10)
    run.handle({ type: 'gone', id: 'a' }, 20)
    expect(run.handle({ type: 'ready', id: 'server' }, 30)).toEqual([])
    expect(run.handle({ type: 'back', id: 'a', holdsRun: false }, 40)).toEqual([
      { type: 'open', id: 'a', begun: false },
    ])
    expect(run.handle({ type: 'ready', id: 'a' }, 50)).toContainEqual({ type: 'start', atMs: 50 + LEAD_MS })
  })
})

describe('one who cannot take part', () => {
  it('is left out before the start, with the reason, and nobody waits for it', () => {
    const run = new Coordinator([plan('server'), plan('a'), plan('b')], LEAD_MS, 0)
    run.begin()
    run.handle({ type: 'ready', id: 'server' }, 10)
    run.handle({ type: 'ready', id: 'a' }, 20)
    expect(run.handle({ type: 'unable', id: 'b', reason: 'Its browser is too old.' }, 30)).toEqual([
      { type: 'start', atMs: 30 + LEAD_MS },
    ])
    expect(run.takingPart).toEqual(['server', 'a'])
    expect(run.notes).toEqual(['Left out: b. Its browser is too old.'])
  })

  it('is not waited for after a reload in the middle of the run; what it had finished stays', () => {
    const run = started(plan('a'), plan('b'), plan('c'))
    run.handle({ type: 'completed', id: 'c', afterMs: 2_000 }, 2_300)
    run.handle({ type: 'unable', id: 'c', reason: 'No.' }, 3_000)
    run.handle({ type: 'unable', id: 'b', reason: 'No.' }, 3_000)
    run.handle({ type: 'completed', id: 'a', afterMs: 4_000 }, 4_300)
    expect(run.state).toMatchObject({ phase: 'done', seconds: 4 })
    expect(run.takingPart).toEqual(['server', 'a', 'c'])
  })
})

describe('the end', () => {
  it('comes with the last of those that count, and is the time that it took by its own clock', () => {
    const run = started(plan('a'), plan('b'), plan('liar', { isCounted: false }))
    run.handle({ type: 'completed', id: 'a', afterMs: 4_000 }, 4_300)
    expect(run.state.phase).toBe('running')
    expect(run.handle({ type: 'completed', id: 'b', afterMs: 5_000 }, 5_700)).toEqual([{ type: 'over' }])
    expect(run.state).toMatchObject({ phase: 'done', seconds: 5 })
  })

  it('does not wait for one who vanished, after a while that is said', () => {
    const run = started(plan('a'), plan('b'))
    run.handle({ type: 'gone', id: 'b' }, 3_000)
    run.handle({ type: 'completed', id: 'a', afterMs: 4_000 }, 4_300)
    expect(run.state.phase).toBe('running')
    expect(run.nextWakeMs).toBe(3_000 + LOST_AFTER_MS)
    run.handle({ type: 'wake' }, 3_000 + LOST_AFTER_MS)
    expect(run.state).toMatchObject({ phase: 'done', seconds: 4 })
    expect(run.notes.join()).toContain('no longer waited for: b')
  })

  it('waits for one who vanished and came back, and lets it fetch at once', () => {
    const run = started(plan('a'), plan('b'))
    run.handle({ type: 'gone', id: 'b' }, 3_000)
    expect(run.handle({ type: 'back', id: 'b', holdsRun: false }, 5_000)).toEqual([
      { type: 'open', id: 'b', begun: true },
    ])
    run.handle({ type: 'completed', id: 'a', afterMs: 4_000 }, 30_000)
    expect(run.state.phase).toBe('running')
    run.handle({ type: 'completed', id: 'b', afterMs: 31_000 }, 31_300)
    expect(run.state).toMatchObject({ phase: 'done', seconds: 31 })
  })

  it('leaves a swarm alone whose owner only lost the line to the room', () => {
    const run = started(plan('a'))
    run.handle({ type: 'gone', id: 'a' }, 3_000)
    expect(run.handle({ type: 'back', id: 'a', holdsRun: true }, 5_000)).toEqual([])
    expect(run.stageOf('a')).toBe('taking-part')
  })

  it('tells one whom it no longer waits for to stop, and takes the first time that one was done', () => {
    const run = started(plan('a'), plan('b', { leaveAtMs: 2_000, rejoinAtMs: 60_000 }))
    run.handle({ type: 'wake' }, LEAD_MS + 2_000)
    expect(run.handle({ type: 'back', id: 'b', holdsRun: true }, 3_000)).toEqual([{ type: 'close', id: 'b' }])
    run.handle({ type: 'completed', id: 'a', afterMs: 4_000 }, 4_300)
    run.handle({ type: 'completed', id: 'a', afterMs: 9_000 }, 9_300)
    expect(run.completedAfterMs('a')).toBe(4_000)
  })

  it('keeps what a vanished one had finished', () => {
    const run = started(plan('a'), plan('b'))
    run.handle({ type: 'completed', id: 'b', afterMs: 4_000 }, 4_300)
    run.handle({ type: 'gone', id: 'b' }, 4_400)
    run.handle({ type: 'completed', id: 'a', afterMs: 5_000 }, 5_300)
    expect(run.state).toMatchObject({ phase: 'done', seconds: 5 })
    expect(run.completedAfterMs('b')).toBe(4_000)
  })

  it('comes as a failure when everybody has gone, when it is cancelled, and when nothing arrives any more', () => {
    const gone = started(plan('a'))
    gone.handle({ type: 'gone', id: 'a' }, 1_000)
    gone.handle({ type: 'wake' }, 1_000 + LOST_AFTER_MS)
    expect(gone.state).toMatchObject({ phase: 'failed', reason: expect.stringContaining('has gone') })

    const cancelled = started(plan('a'))
    expect(cancelled.handle({ type: 'cancelled' }, 1_000)).toEqual([{ type: 'over' }])
    expect(cancelled.state.phase).toBe('failed')

    const stalled = started(plan('a'))
    stalled.handle({ type: 'progress', id: 'a' }, 10_000)
    expect(stalled.nextWakeMs).toBe(10_000 + STALLED_AFTER_MS)
    stalled.handle({ type: 'wake' }, 10_000 + STALLED_AFTER_MS)
    expect(stalled.state).toMatchObject({ phase: 'failed', reason: expect.stringContaining('no chunk had arrived') })
  })
})

describe('the plan', () => {
  it('brings in a late one, sends it away and has it back, and waits for it', () => {
    const run = started(plan('a'), plan('b', { joinAtMs: 5_000, leaveAtMs: 8_000, rejoinAtMs: 12_000 }))
    expect(run.stageOf('b')).toBe('awaited')
    expect(run.nextWakeMs).toBe(LEAD_MS + 5_000)
    expect(run.handle({ type: 'wake' }, LEAD_MS + 5_000)).toEqual([{ type: 'open', id: 'b', begun: true }])
    run.handle({ type: 'completed', id: 'a', afterMs: 6_000 }, 6_300)
    expect(run.handle({ type: 'wake' }, LEAD_MS + 8_000)).toEqual([{ type: 'close', id: 'b' }])
    expect(run.state.phase).toBe('running')
    expect(run.handle({ type: 'wake' }, LEAD_MS + 12_000)).toEqual([{ type: 'open', id: 'b', begun: true }])
    run.handle({ type: 'completed', id: 'b', afterMs: 20_000 }, 20_300)
    expect(run.state).toMatchObject({ phase: 'done', seconds: 20 })
  })

  it('does not wait for one who leaves for good', () => {
    const run = started(plan('a'), plan('b', { leaveAtMs: 2_000 }))
    run.handle({ type: 'wake' }, LEAD_MS + 2_000)
    run.handle({ type: 'completed', id: 'a', afterMs: 6_000 }, 6_300)
    expect(run.state).toMatchObject({ phase: 'done', seconds: 6 })
    expect(run.notes).toEqual(['Left as planned before having the file, not counted: b.'])
  })

  it('is not given up while somebody is still to come, however long that takes', () => {
    const run = started(plan('a'), plan('b', { joinAtMs: 3 * STALLED_AFTER_MS }))
    run.handle({ type: 'completed', id: 'a', afterMs: 1_000 }, 1_300)
    expect(run.nextWakeMs).toBe(LEAD_MS + 3 * STALLED_AFTER_MS)
    run.handle({ type: 'wake' }, 2 * STALLED_AFTER_MS)
    expect(run.state.phase).toBe('running')
    run.handle({ type: 'wake' }, LEAD_MS + 3 * STALLED_AFTER_MS)
    expect(run.nextWakeMs).toBe(LEAD_MS + 4 * STALLED_AFTER_MS)
  })

  it('does not wait for a late one whose tab went before its time came, but has it when the tab is back', () => {
    const gone = started(plan('a'), plan('b', { joinAtMs: 5_000 }))
    gone.handle({ type: 'gone', id: 'b' }, 1_000)
    expect(gone.handle({ type: 'wake' }, LEAD_MS + 5_000)).toEqual([])
    gone.handle({ type: 'completed', id: 'a', afterMs: 6_000 }, 6_300)
    gone.handle({ type: 'wake' }, LEAD_MS + 5_000 + LOST_AFTER_MS)
    expect(gone.state).toMatchObject({ phase: 'done', seconds: 6 })
    expect(gone.notes.join()).toContain('no longer waited for: b')

    const back = started(plan('a'), plan('b', { joinAtMs: 5_000 }))
    back.handle({ type: 'gone', id: 'b' }, 1_000)
    back.handle({ type: 'wake' }, LEAD_MS + 5_000)
    expect(back.handle({ type: 'back', id: 'b', holdsRun: false }, 6_000)).toEqual([
      { type: 'open', id: 'b', begun: true },
    ])
  })

  it('leaves one alone who vanished before its time to leave, and shows one that comes back complete as complete', () => {
    const run = started(
      plan('a'),
      plan('b', { leaveAtMs: 5_000, rejoinAtMs: 9_000 }),
      plan('c', { leaveAtMs: 5_000, rejoinAtMs: 9_000 }),
    )
    run.handle({ type: 'gone', id: 'b' }, 3_000)
    run.handle({ type: 'completed', id: 'c', afterMs: 2_000 }, 3_000)
    expect(run.handle({ type: 'wake' }, LEAD_MS + 5_000)).toEqual([{ type: 'close', id: 'c' }])
    expect(run.stageOf('b')).toBe('lost')
    expect(run.handle({ type: 'wake' }, LEAD_MS + 9_000)).toEqual([{ type: 'open', id: 'c', begun: true }])
    expect(run.stageOf('c')).toBe('complete')
  })

  it('does not ask one back who has left complete', () => {
    const run = started(plan('a', { leavesWhenComplete: true }), plan('b'))
    run.handle({ type: 'completed', id: 'a', afterMs: 6_000 }, 6_300)
    run.handle({ type: 'gone', id: 'a' }, 7_000)
    expect(run.handle({ type: 'back', id: 'a', holdsRun: false }, 8_000)).toEqual([])
  })

  it('sends away one who leaves when it is complete', () => {
    const run = started(plan('a', { leavesWhenComplete: true }), plan('b'))
    expect(run.handle({ type: 'completed', id: 'a', afterMs: 6_000 }, 6_300)).toEqual([{ type: 'close', id: 'a' }])
  })
})
