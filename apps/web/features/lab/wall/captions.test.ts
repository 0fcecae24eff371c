import type { RunView } from '@swarmdrop/peer/lab'
import { experimentOf, firstSettings } from '@swarmdrop/peer/lab'
import { describe, expect, it } from 'vitest'
import { captionOf } from './captions'
import { podiumOf } from './podium'

type Peer = { held: number; done?: number; role?: 'leecher' | 'away'; gives?: number }

/** A server and these peers of a file of four chunks. `gives`: bytes a second to the first of them. */
function run(peers: Peer[], more: { mode?: 'client-server'; serverGives?: number; copies?: number[] } = {}): RunView {
  const { mode = 'p2p', serverGives = 100_000, copies = [1, 1, 2, 2] } = more
  const names = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve']
  const participants = peers.map(({ held, done }, i) => ({
    id: `p${i}`,
    name: names[i] ?? '',
    mark: i + 1,
    behaviour: 'normal' as const,
    ids: [],
    stage: 'taking-part' as const,
    held,
    ...(done !== undefined && { completedAfterMs: done * 1000 }),
  }))
  const server = { id: 'server', name: 'Server', mark: 0, ids: [], stage: 'complete' as const, held: 4 }
  return {
    experiment: experimentOf(firstSettings, mode, peers.length),
    phase: 'running',
    seconds: 3,
    startsInSeconds: 0,
    frame: {
      peers: [
        { ...server, role: 'server' },
        ...participants.map(({ id, name, mark, held }) => ({ id, name, mark, held, role: 'leecher' as const })),
      ],
      chunkCount: 4,
      copies,
      flows: [
        { from: 0, to: 1, bytesPerSecond: serverGives },
        ...peers.flatMap(({ gives }, i) =>
          gives === undefined ? [] : [{ from: i + 1, to: 1, bytesPerSecond: gives }],
        ),
      ],
    },
    holdings: [],
    series: [],
    matrix: [[0, 900, 900], ...peers.map(({ gives = 0 }) => [0, gives, 1])],
    chosen: 0,
    chokes: [],
    participants: [{ ...server, behaviour: 'server' }, ...participants],
    notes: [],
  }
}

describe('the caption on the wall', () => {
  it('says what the class sees just now', () => {
    const nothing = [{ held: 0 }, { held: 0 }]
    expect(captionOf(run(nothing), undefined)).toBe('Only the server has the file: nobody can pass on anything yet.')
    expect(captionOf(run([{ held: 1 }, { held: 0 }]), undefined)).toBe(
      '2 of 4 chunks are still at the server only: peers ask for the rarest first.',
    )
    expect(
      captionOf(
        run([
          { held: 2, gives: 300_000 },
          { held: 2, gives: 100_000 },
        ]),
        undefined,
      ),
    ).toBe('2 peers pass on 0.4\u00a0MB/s; the server adds 0.1\u00a0MB/s.')
    expect(captionOf(run(nothing, { mode: 'client-server' }), undefined)).toBe(
      'Only the server uploads: 2 peers share its 0.1\u00a0MB/s.',
    )
  })

  it('tells every few seconds how far free riders are, where they are behind', () => {
    const view = run([{ held: 3, gives: 300_000 }, { held: 3 }, { held: 1 }], { serverGives: 0 })
    const eve = {
      ...view,
      participants: view.participants.map((one, i) => (i === 3 ? { ...one, behaviour: 'free-rider' as const } : one)),
    }
    const at = (seconds: number, of = eve) => captionOf({ ...of, seconds }, undefined)
    expect(at(3)).toBe('Cleo uploads nothing, and has 25\u00a0% of the file; the others have 75\u00a0%.')
    expect(at(6)).toBe('1 peer passes on 0.3\u00a0MB/s.')
    expect(at(3, view)).toBe('1 peer passes on 0.3\u00a0MB/s.')
    const level = { ...eve, participants: eve.participants.map((one) => ({ ...one, held: 3 })) }
    expect(at(3, level)).toBe('1 peer passes on 0.3\u00a0MB/s.')
  })

  it('tells of those who have got all of it since the last one', () => {
    const before = run([{ held: 3 }, { held: 4, done: 8 }, { held: 1 }])
    const after = run([{ held: 4, done: 9.5 }, { held: 4, done: 8 }, { held: 1 }])
    expect(captionOf(after, before)).toBe('Ada has the whole file after 9.5\u00a0s.')
    expect(captionOf(after, undefined)).toBe('2 more have the whole file: 2 of 3 now.')
    expect(
      captionOf(
        run([
          { held: 4, done: 9 },
          { held: 4, done: 8 },
        ]),
        before,
      ),
    ).toBe('Everybody has the whole file.')
  })
})

describe('the podium', () => {
  it('has the first three, the last, and who gave most of those who are no server', () => {
    const view = run([
      { held: 4, done: 9, gives: 70 },
      { held: 4, done: 8, gives: 50 },
      { held: 4, done: 12 },
      { held: 4, done: 10 },
      { held: 2 },
    ])
    expect(podiumOf(view)).toBeUndefined()
    const podium = podiumOf({ ...view, phase: 'done' })
    expect(podium?.first.map(({ name, seconds }) => `${name} ${seconds}`)).toEqual(['Bob 8', 'Ada 9', 'Dan 10'])
    expect([podium?.last?.name, podium?.giver]).toMatchObject(['Cleo', { name: 'Ada', mark: 1, bytes: 71 }])
  })

  it('names nobody twice, and nobody where nobody has the file', () => {
    const two = {
      ...run(
        [
          { held: 4, done: 9 },
          { held: 4, done: 8 },
        ],
        { mode: 'client-server' },
      ),
      phase: 'done' as const,
    }
    expect(podiumOf({ ...two, matrix: [[0, 9, 9]] })).toMatchObject({ last: undefined, giver: undefined })
    expect(podiumOf({ ...run([{ held: 1 }]), phase: 'done' })).toBeUndefined()
  })
})
