import { LabHostReply, LabJoinReply, MAX_PARTICIPANTS, RoomCode } from '@swarmdrop/core'
import { describe, expect, it } from 'vitest'
import { type RoomMessage, Rooms, type RoomsOptions } from './rooms'
import { seededRandom } from './testing/seeded-random'

const NOW = 1_700_000_000_000
const HOUR_MS = 3_600_000

function openRooms(options: Partial<RoomsOptions> = {}) {
  let tokens = 0
  const rooms = new Rooms({
    random: seededRandom(1),
    newToken: () => String(tokens++).padStart(22, 't'),
    ...options,
  })
  const handle = (socket: string, message: RoomMessage, now = NOW) => rooms.handle(socket, message, now)
  const ask = (socket: string, message: RoomMessage, now = NOW) => handle(socket, message, now).reply
  return {
    rooms,
    handle,
    ask,
    create: (socket: string, now = NOW) => LabHostReply.parse(ask(socket, { type: 'lab-create' }, now)),
    join: (socket: string, code: string, name = socket, token?: string) =>
      LabJoinReply.parse(ask(socket, { type: 'lab-join', code, name, ...(token !== undefined && { token }) })),
  }
}

describe('a room', () => {
  it('[ROOM-1] has a code of six characters that are not confused, another for each room', () => {
    const { create } = openRooms()
    const codes = Array.from({ length: 200 }, (_, i) => create(`host ${i}`).code)
    for (const code of codes) expect(RoomCode.safeParse(code).success).toBe(true)
    expect(new Set(codes).size).toBe(200)
  })

  it('[ROOM-4] tells the host who comes and goes, and the newcomer whether the host is there', () => {
    const { create, handle, ask } = openRooms()
    const { code } = create('host')
    const { reply, deliveries } = handle('a', { type: 'lab-join', code, name: 'Ada' })
    expect(reply).toMatchObject({ id: 1, hostPresent: true })
    const participant = { id: 1, name: 'Ada', mark: expect.any(String), present: true }
    expect(deliveries).toEqual([{ socket: 'host', lab: { type: 'participant', participant } }])
    expect(handle('a', { type: 'disconnect' }).deliveries).toEqual([
      { socket: 'host', lab: { type: 'participant', participant: { ...participant, present: false } } },
    ])
    handle('host', { type: 'disconnect' })
    expect(ask('b', { type: 'lab-join', code, name: 'Bob' })).toMatchObject({ id: 2, hostPresent: false })
  })

  it('[ROOM-3] carries what the host says to one or to all, and what a participant says to the host alone', () => {
    const { create, join, handle } = openRooms()
    const { code } = create('host')
    join('a', code)
    join('b', code)
    const toAll = handle('host', { type: 'lab-send', to: 'all', body: 'x' }).deliveries
    expect(toAll.map(({ socket }) => socket)).toEqual(['a', 'b'])
    const lab = { type: 'message', from: 'host', body: 'y' }
    expect(handle('host', { type: 'lab-send', to: 2, body: 'y' }).deliveries).toEqual([{ socket: 'b', lab }])
    expect(handle('b', { type: 'lab-send', body: 'z' }).deliveries).toEqual([
      { socket: 'host', lab: { type: 'message', from: 2, body: 'z' } },
    ])
    expect(handle('b', { type: 'lab-send', to: 1, body: 'z' })).toEqual({
      reply: { refused: 'not-in-room' },
      deliveries: [],
    })
  })

  it('[ROOM-2] gives a participant who reloads the same seat, also before the old socket is gone', () => {
    const { create, join, handle } = openRooms()
    const { code } = create('host')
    const { id, token } = join('old', code, 'Ada')
    expect(join('new', code, 'Ada', token)).toMatchObject({ id, token })
    expect(handle('old', { type: 'disconnect' }).deliveries).toEqual([])
    expect(handle('host', { type: 'lab-send', to: id, body: 'x' }).deliveries[0]?.socket).toBe('new')
  })

  it('[ROOM-2] is the host’s again by its token, with all who are in it; by no other', () => {
    const { create, join, ask, handle } = openRooms()
    const { code, token } = create('host')
    join('a', code, 'Ada')
    handle('host', { type: 'disconnect' })
    expect(ask('thief', { type: 'lab-host', code, token: 'x'.repeat(22) })).toEqual({ refused: 'wrong-token' })
    const back = handle('new', { type: 'lab-host', code, token })
    expect(back.reply).toEqual({ code, token, participants: [expect.objectContaining({ id: 1, name: 'Ada' })] })
    expect(back.deliveries).toEqual([{ socket: 'a', lab: { type: 'host', present: true } }])
  })

  it('[ROOM-6] is set up anew by its host at a tracker that was restarted, and everybody has their seat again', () => {
    const before = openRooms()
    const { code, token } = before.create('host')
    const { token: adas, room: mark } = before.join('a', code, 'Ada')
    before.join('b', code, 'Bob')
    const { participants } = LabHostReply.parse(before.ask('host 2', { type: 'lab-host', code, token }))
    const seats = participants.map(({ present: _, ...seat }) => seat)

    const after = openRooms()
    const join = (socket: string, own: string) =>
      after.handle(socket, { type: 'lab-join', code, name: 'Ada', token: own, room: mark })
    expect(join('early', adas).reply).toEqual({ refused: 'unknown-room' })
    expect(after.ask('host', { type: 'lab-host', code, token })).toEqual({ refused: 'unknown-room' })
    expect(after.ask('host', { type: 'lab-host', code, token, seats })).toMatchObject({
      code,
      token,
      participants: [
        { id: 1, name: 'Ada', present: false },
        { id: 2, name: 'Bob', present: false },
      ],
    })
    expect(join('a', adas).reply).toMatchObject({ id: 1, token: adas, room: mark, hostPresent: true })
    // A seat is its owner's alone: to know its mark is not to know its token.
    expect(join('thief', participants[1]?.mark ?? '').reply).toMatchObject({ id: 3 })
    expect(after.join('c', code, 'Cleo').id).toBe(4)
  })

  it('[ROOM-6] is not taken from its host by another who sets it up, nor are its participants led into another', () => {
    const { create, join, ask } = openRooms()
    const { code } = create('host')
    const other = 'x'.repeat(22)
    expect(ask('thief', { type: 'lab-host', code, token: other, seats: [] })).toEqual({ refused: 'wrong-token' })

    const { token, room: mark } = join('a', code, 'Ada')
    const after = openRooms()
    after.ask('thief', { type: 'lab-host', code, token: other, seats: [] })
    expect(after.ask('a', { type: 'lab-join', code, name: 'Ada', token, room: mark })).toEqual({
      refused: 'unknown-room',
    })
  })

  it('[ROOM-6] is not set up where there are too many', () => {
    const { create, ask } = openRooms({ maxRooms: 1 })
    create('host')
    expect(ask('late', { type: 'lab-host', code: 'ABCDEF', token: 'x'.repeat(22), seats: [] })).toEqual({
      refused: 'room-full',
    })
  })

  it('[ROOM-1] is full with a hundred who are there, and gives away the seat of one who has gone', () => {
    const { create, join, ask, handle } = openRooms()
    const { code } = create('host')
    for (let i = 0; i < MAX_PARTICIPANTS; i++) join(`s${i}`, code)
    expect(ask('late', { type: 'lab-join', code, name: 'Late' })).toEqual({ refused: 'room-full' })
    handle('s7', { type: 'disconnect' })
    expect(join('late', code).id).toBe(MAX_PARTICIPANTS + 1)
  })

  it('[ROOM-5] is refused where there are too many, and forgotten when it has stood empty or idle too long', () => {
    const { create, ask, handle, rooms } = openRooms({ maxRooms: 1 })
    const { code } = create('host')
    expect(ask('other', { type: 'lab-create' })).toEqual({ refused: 'room-full' })
    expect(ask('a', { type: 'lab-join', code, name: 'Ada' }, NOW + 11 * HOUR_MS)).toMatchObject({ id: 1 })
    handle('a', { type: 'disconnect' }, NOW + 11 * HOUR_MS)
    handle('host', { type: 'disconnect' }, NOW + 11 * HOUR_MS)
    expect(rooms.counts).toEqual({ rooms: 1, sockets: 0 })
    expect(ask('b', { type: 'lab-join', code, name: 'Bob' }, NOW + 14 * HOUR_MS)).toEqual({ refused: 'unknown-room' })
    expect(rooms.counts).toEqual({ rooms: 0, sockets: 0 })
  })

  it('has one place for a socket, and nothing for one that is in no room but the time', () => {
    const { create, ask } = openRooms()
    const { code } = create('host')
    expect(ask('host', { type: 'lab-join', code, name: 'Me' })).toEqual({ refused: 'already-joined' })
    expect(ask('nobody', { type: 'lab-send', body: 'x' })).toEqual({ refused: 'not-in-room' })
    expect(ask('nobody', { type: 'lab-clock' }, NOW + 5)).toEqual({ nowMs: NOW + 5 })
  })
})
