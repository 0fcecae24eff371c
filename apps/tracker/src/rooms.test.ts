import { LabHostReply, LabJoinReply, MAX_NAME_CHARACTERS, MAX_PARTICIPANTS, RoomCode } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import { type RoomMessage, Rooms, type RoomsOptions } from './rooms'
import { seededRandom } from './testing/seeded-random'

const NOW = 1_700_000_000_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

function openRooms(options: Partial<RoomsOptions> = {}) {
  let tokens = 0
  const rooms = new Rooms({
    random: seededRandom(1),
    newToken: () => String(tokens++).padStart(22, 't'),
    ...options,
  })
  const handle = (socket: string, message: RoomMessage, now = NOW, address = 'school') =>
    rooms.handle({ socket, address }, message, now)
  const ask = (socket: string, message: RoomMessage, now = NOW) => handle(socket, message, now).reply
  return {
    rooms,
    handle,
    ask,
    create: (socket: string, now = NOW, address = 'school') =>
      LabHostReply.parse(handle(socket, { type: 'lab-create' }, now, address).reply),
    join: (socket: string, code: string, name = socket, token?: string) =>
      LabJoinReply.parse(ask(socket, { type: 'lab-join', code, name, ...(token !== undefined && { token }) })),
  }
}

describe('a room', () => {
  it('[ROOM-1] has a code of six characters that are not confused, another for each room', () => {
    const { create } = openRooms({ maxRoomsPerAddress: 200 })
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
    const again = handle('new', { type: 'lab-join', code, name: 'Ada', token: String(token) })
    expect(again.reply).toMatchObject({ id, token })
    expect(again.deliveries[0]).toEqual({ socket: 'old', lab: { type: 'replaced' } })
    expect(again.deliveries.slice(1).map(({ socket }) => socket)).toEqual(['host'])
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
    const other = handle('newer', { type: 'lab-host', code, token })
    expect(other.deliveries[0]).toEqual({ socket: 'new', lab: { type: 'replaced' } })
    expect(handle('new', { type: 'disconnect' }).deliveries).toEqual([])
  })

  it('[ROOM-6] is set up again by its host at a tracker that was restarted, and everybody has their seat again', () => {
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

  it('[ROOM-6] is not set up where there are too many classes', () => {
    const { create, join, ask } = openRooms({ maxRooms: 1 })
    join('a', create('host').code)
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

  it('[ROOM-8] tells two of one name apart by a number, also when one comes back or is renamed', () => {
    const { create, join, ask } = openRooms()
    const { code } = create('host')
    const long = 'x'.repeat(MAX_NAME_CHARACTERS)
    const { token } = join('a', code, 'Ada')
    expect(join('b', code, 'ada').name).toBe('ada 2')
    expect(join('c', code, 'ADA').name).toBe('ADA 3')
    expect([join('d', code, long).name, join('e', code, long).name]).toEqual([long, `${long.slice(0, -2)} 2`])
    ask('a', { type: 'disconnect' })
    expect(join('f', code, 'Ada').name).toBe('Ada')
    expect(join('a', code, 'Ada', token).name).toBe('Ada 4')
    ask('host', { type: 'lab-seat', id: 2, name: 'Ada' })
    expect(ask('g', { type: 'lab-join', code, name: 'Gil' })).toMatchObject({ name: 'Gil' })
  })

  it('[ROOM-8] [ROOM-6] is as locked, and keeps out whom its host has sent out, at a tracker that was restarted', () => {
    const before = openRooms()
    const { code, token } = before.create('host')
    const { token: adas, room: mark } = before.join('a', code, 'Ada')
    const { token: bobs } = before.join('b', code, 'Bob')
    before.ask('host', { type: 'lab-seat', id: 1, removed: true })
    before.ask('host', { type: 'lab-lock', locked: true })
    const { participants, locked = false } = LabHostReply.parse(before.ask('host 2', { type: 'lab-host', code, token }))
    const seats = participants.map(({ present: _, ...seat }) => seat)

    const after = openRooms()
    after.ask('host', { type: 'lab-host', code, token, seats, locked })
    const join = (socket: string, own?: string) =>
      after.ask(socket, { type: 'lab-join', code, name: socket, room: mark, ...(own !== undefined && { token: own }) })
    expect(join('a', adas)).toEqual({ refused: 'removed' })
    expect(join('late')).toEqual({ refused: 'room-locked' })
    expect(join('b', bobs)).toMatchObject({ id: 2, name: 'Bob' })
    after.ask('host', { type: 'lab-lock', locked: false })
    expect(join('late')).toMatchObject({ id: 3 })
  })

  it('[ROOM-8] whose places run out gives away the seat of who has gone before that of who was sent out', () => {
    const { create, join, ask } = openRooms()
    const { code } = create('host')
    const { token, room } = join('s0', code)
    for (let i = 1; i < MAX_PARTICIPANTS; i++) join(`s${i}`, code)
    ask('host', { type: 'lab-seat', id: 1, removed: true })
    ask('s7', { type: 'disconnect' })
    join('late', code)
    expect(ask('s0', { type: 'lab-join', code, name: 's0', token, room })).toEqual({ refused: 'removed' })
  })

  it('[ROOM-5] is forgotten when it has stood empty or idle too long', () => {
    const { create, ask, handle, rooms } = openRooms()
    const { code } = create('host')
    expect(ask('a', { type: 'lab-join', code, name: 'Ada' }, NOW + 11 * HOUR_MS)).toMatchObject({ id: 1 })
    handle('a', { type: 'disconnect' }, NOW + 11 * HOUR_MS)
    handle('host', { type: 'disconnect' }, NOW + 11 * HOUR_MS)
    expect(rooms.counts).toEqual({ rooms: 1, sockets: 0 })
    expect(ask('b', { type: 'lab-join', code, name: 'Bob' }, NOW + 14 * HOUR_MS)).toEqual({ refused: 'unknown-room' })
    expect(rooms.counts).toEqual({ rooms: 0, sockets: 0 })
  })

  it('[ROOM-5] is forgotten five minutes after its host has left, where nobody ever came', () => {
    const { create, handle, ask, rooms } = openRooms()
    const { code, token } = create('host')
    handle('host', { type: 'disconnect' }, NOW + HOUR_MS)
    expect(ask('host again', { type: 'lab-host', code, token }, NOW + HOUR_MS + 4 * MINUTE_MS)).toMatchObject({ code })
    handle('host again', { type: 'disconnect' }, NOW + HOUR_MS + 4 * MINUTE_MS)
    ask('x', { type: 'lab-clock' }, NOW + HOUR_MS + 8 * MINUTE_MS)
    expect(rooms.counts.rooms).toBe(1)
    ask('x', { type: 'lab-clock' }, NOW + HOUR_MS + 10 * MINUTE_MS)
    expect(rooms.counts.rooms).toBe(0)
  })

  it('has one place for a socket, and nothing for one that is in no room but the time', () => {
    const { create, ask } = openRooms()
    const { code } = create('host')
    expect(ask('host', { type: 'lab-join', code, name: 'Me' })).toEqual({ refused: 'already-joined' })
    expect(ask('nobody', { type: 'lab-send', body: 'x' })).toEqual({ refused: 'not-in-room' })
    expect(ask('nobody', { type: 'lab-clock' }, NOW + 5)).toEqual({ nowMs: NOW + 5 })
  })
})

describe('too many rooms', () => {
  it('[ROOM-5] of one address: a deserted one makes way, and a class never', () => {
    const { create, join, handle, ask, rooms } = openRooms({ maxRoomsPerAddress: 3 })
    const { code } = create('teacher')
    join('student', code)
    for (let i = 0; i < 1_000; i++) {
      create(`hostile ${i}`)
      handle(`hostile ${i}`, { type: 'disconnect' })
    }
    expect(rooms.counts.rooms).toBe(3)
    expect(create('other teacher').code).toMatch(/^\w{6}$/)
    expect(ask('late student', { type: 'lab-join', code, name: 'Late' })).toMatchObject({ id: 2 })
  })

  it('[ROOM-5] whose hosts stay: the one longest unused to which nobody has come in a minute, and its host is sent out', () => {
    const { create, join, handle, ask, rooms } = openRooms({ maxRoomsPerAddress: 3 })
    join('student', create('teacher').code)
    create('first', NOW + 1)
    create('second', NOW + 2)
    expect(ask('teacher 2', { type: 'lab-create' }, NOW + 30_000)).toEqual({ refused: 'room-full' })
    const { reply, outside } = handle('teacher 2', { type: 'lab-create' }, NOW + 60_010)
    expect([LabHostReply.safeParse(reply).success, outside]).toEqual([true, 'first'])
    expect(ask('first', { type: 'lab-send', to: 'all', body: 'x' }, NOW + 60_011)).toEqual({ refused: 'not-in-room' })
    expect(rooms.counts).toEqual({ rooms: 3, sockets: 4 })
  })

  it('[ROOM-5] a class that has just lost its line, and one between two runs, outlast a flood of rooms with hosts', () => {
    const { create, join, handle, ask } = openRooms({ maxRoomsPerAddress: 4 })
    const [lost, between] = [create('a'), create('b')]
    join('student a', lost.code)
    join('student b', between.code)
    for (const socket of ['a', 'student a', 'student b']) handle(socket, { type: 'disconnect' }, NOW + 1)
    for (let i = 0; i < 100; i++) ask(`hostile ${i}`, { type: 'lab-create' }, NOW + 2 + i)
    for (const { code } of [lost, between])
      expect(ask(`back in ${code}`, { type: 'lab-join', code, name: 'Back' }, NOW + 200)).toMatchObject({ id: 2 })
  })

  it('[ROOM-5] a class is never the one that goes, however long it says nothing', () => {
    const { create, join, handle, ask } = openRooms({ maxRoomsPerAddress: 2 })
    const [full, between] = [create('a'), create('b')]
    join('student a', full.code)
    join('student b', between.code)
    handle('a', { type: 'disconnect' })
    handle('student b', { type: 'disconnect' })
    expect(ask('late', { type: 'lab-create' }, NOW + HOUR_MS)).toEqual({ refused: 'room-full' })
    // Empty for an hour: it may.
    handle('b', { type: 'disconnect' }, NOW + HOUR_MS)
    expect(ask('late', { type: 'lab-create' }, NOW + 2 * HOUR_MS)).toMatchObject({ participants: [] })
    expect(ask('x', { type: 'lab-join', code: full.code, name: 'X' }, NOW + 2 * HOUR_MS)).toMatchObject({ id: 2 })
  })

  it('[ROOM-5] of all together: the address that has the most gives one, and one that has few none', () => {
    const { create, handle, ask, rooms } = openRooms({ maxRooms: 10, maxRoomsPerAddress: 8 })
    const { code, token } = create('teacher', NOW, 'school')
    handle('teacher', { type: 'disconnect' })
    for (let i = 0; i < 8; i++) create(`hostile ${i}`, NOW + 1, 'hostile')
    for (let i = 0; i < 5; i++) create(`other ${i}`, NOW + 60_001, `elsewhere ${i}`)
    expect(rooms.counts.rooms).toBe(10)
    expect(ask('teacher', { type: 'lab-host', code, token }, NOW + 60_002)).toMatchObject({ code })
  })
})

describe('a guess', () => {
  const stranger = 'x'.repeat(22)

  it('[ROOM-7] is whatever tells a stranger whether there is a room of a code', () => {
    const { create, join, handle, rooms } = openRooms()
    const { code, token } = create('host')
    const { token: adas, room: mark } = join('a', code, 'Ada')
    const guesses: RoomMessage[] = [
      { type: 'lab-join', code: 'AAAAAA', name: 'Eve' },
      { type: 'lab-join', code: 'AAAAAA', name: 'Eve', token: adas },
      { type: 'lab-host', code: 'AAAAAA', token: stranger },
      { type: 'lab-host', code, token: stranger },
      { type: 'lab-host', code: 'BBBBBB', token: stranger, seats: [] },
    ]
    for (const [i, guess] of guesses.entries())
      expect([rooms.isGuess(guess), handle(`eve ${i}`, guess).wrongCode]).toEqual([true, true])
    const known: RoomMessage[] = [
      { type: 'lab-host', code, token },
      { type: 'lab-join', code, name: 'Ada', token: adas, room: mark },
      // Says nothing of a code: anyone who made the mark up hears the same of every one.
      { type: 'lab-join', code, name: 'Ada', token: adas, room: stranger },
      { type: 'lab-create' },
    ]
    for (const [i, message] of known.entries())
      expect([rooms.isGuess(message), handle(`known ${i}`, message).wrongCode ?? false]).toEqual([false, false])
  })
})
