import {
  LabDelivery,
  LabHostReply,
  LabJoinReply,
  MAX_LAB_CHARACTERS,
  MAX_PARTICIPANTS,
} from '@swarmdrop/core/signaling'
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll } from './testing/cleanup'
import { messagePaths } from './testing/message-paths'
import { openPeer } from './testing/peers'

afterEach(closeAll)

const TOKEN = 'x'.repeat(22)
const seats = (count: number) => Array.from({ length: count }, (_, i) => ({ id: i + 1, name: 'Ada', mark: TOKEN }))
/** A status of a peer with a hundred neighbours. */
const REPORT = 'x'.repeat(6_000)
/** An `open` message with manifest and hash pages of as many chunks as a run may have. */
const OPEN_MESSAGE = 'x'.repeat(60_000)

describe.each(messagePaths)('messages %s:', (_path, openTracker) => {
  describe('a room over real sockets', () => {
    it('[ROOM-3] is created, joined by its code, and carries messages both ways', async () => {
      const tracker = await openTracker()
      const [host, student] = [await openPeer(tracker), await openPeer(tracker)]
      const { code } = LabHostReply.parse(await host.ask('lab-create', {}))
      const arrived = host.next('lab')
      expect(await student.ask('lab-join', { code, name: 'Ada' })).toMatchObject({ id: 1, hostPresent: true })
      expect(LabDelivery.parse(await arrived)).toMatchObject({ type: 'participant', participant: { name: 'Ada' } })

      const heard = student.next('lab')
      const body = 'x'.repeat(MAX_LAB_CHARACTERS)
      expect(await host.ask('lab-send', { to: 'all', body })).toEqual({})
      expect(LabDelivery.parse(await heard)).toEqual({ type: 'message', from: 'host', body })

      const gone = student.next('lab')
      host.socket.disconnect()
      expect(await gone).toEqual({ type: 'host', present: false })
    })

    it('[ROOM-8] a student is given another name and sent out, and the door is locked: newcomers stay out, the others come back', async () => {
      const tracker = await openTracker()
      const [host, ada, bob] = [await openPeer(tracker), await openPeer(tracker), await openPeer(tracker)]
      const { code } = LabHostReply.parse(await host.ask('lab-create', {}))
      const { token: adas } = LabJoinReply.parse(await ada.ask('lab-join', { code, name: 'Ada' }))
      const { token: bobs, room } = LabJoinReply.parse(await bob.ask('lab-join', { code, name: 'rude' }))

      expect(await host.ask('lab-seat', { id: 2, name: 'Bob' })).toEqual({})
      expect(await host.ask('lab-lock', { locked: true })).toEqual({})
      bob.socket.disconnect()
      const late = await openPeer(tracker)
      expect(await late.ask('lab-join', { code, name: 'Late' })).toEqual({ refused: 'room-locked' })
      const back = await openPeer(tracker)
      const again = await back.ask('lab-join', { code, name: 'rude', token: bobs, room })
      expect(again).toMatchObject({ id: 2, name: 'Bob' })

      const told = ada.next('lab')
      expect(await host.ask('lab-seat', { id: 1, removed: true })).toEqual({})
      expect(await told).toEqual({ type: 'removed' })
      expect(await ada.ask('lab-send', { body: 'x' })).toEqual({ refused: 'not-in-room' })
      expect(await ada.ask('lab-join', { code, name: 'Ada', token: adas, room })).toEqual({ refused: 'removed' })
      expect(await host.ask('lab-seat', { id: 1, removed: false })).toEqual({})
      expect(await ada.ask('lab-join', { code, name: 'Ada', token: adas, room })).toMatchObject({ id: 1 })
      // Nobody but the host has a say in it.
      for (const [event, content] of [
        ['lab-seat', { id: 1, removed: true }],
        ['lab-lock', { locked: false }],
      ] as const)
        expect(await ada.ask(event, content)).toEqual({ refused: 'not-in-room' })
    })

    it.each([
      ['a code with a letter that is confused', 'lab-join', { code: 'ABCDE0', name: 'Ada' }],
      ['no name', 'lab-join', { code: 'ABCDEF', name: '' }],
      ['a name of two lines', 'lab-join', { code: 'ABCDEF', name: 'Ada\nBob' }],
      ['a name too long', 'lab-join', { code: 'ABCDEF', name: 'x'.repeat(41) }],
      ['a message over 64 KiB', 'lab-send', { to: 'all', body: 'x'.repeat(MAX_LAB_CHARACTERS + 1) }],
      ['a message that is no text', 'lab-send', { to: 'all', body: { run: 1 } }],
      ['more seats than a room has', 'lab-host', { code: 'ABCDEF', token: TOKEN, seats: seats(MAX_PARTICIPANTS + 1) }],
      ['a new name of two lines', 'lab-seat', { id: 1, name: 'Ada\nBob' }],
      ['a lock that is neither open nor shut', 'lab-lock', {}],
      ['a field of its own', 'lab-create', { code: 'ABCDEF' }],
    ])('refuses as invalid: %s', async (_name, event, content) => {
      const peer = await openPeer(await openTracker())
      expect(await peer.ask(event, content)).toEqual({ refused: 'invalid' })
    })

    it('slows a host down who floods the room, and in the end cuts it off', async () => {
      const slow = { capacity: 20, perSecond: 0.001 }
      const tracker = await openTracker({ limits: { socket: slow, strikes: { capacity: 1, perSecond: 0.001 } } })
      const host = await openPeer(tracker)
      await host.ask('lab-create', {})
      const flood = { to: 'all', body: 'x' }
      expect(await host.ask('lab-send', flood)).toEqual({})
      expect(await host.ask('lab-send', flood)).toEqual({})
      expect(await host.ask('lab-send', flood)).toEqual({ refused: 'rate-limited' })
      const gone = host.next('disconnect')
      host.socket.emit('lab-send', flood)
      expect(await gone).toBe('transport close')
    })

    it('carries a class of a hundred behind one address: they join, are told to open and report twice a second', async () => {
      const tracker = await openTracker()
      const host = await openPeer(tracker)
      const { code } = LabHostReply.parse(await host.ask('lab-create', {}))
      let heard = 0
      host.socket.on('lab', () => heard++)
      const students = await Promise.all(Array.from({ length: MAX_PARTICIPANTS }, () => openPeer(tracker)))
      const joined = await Promise.all(students.map((student, i) => student.ask('lab-join', { code, name: `S${i}` })))
      expect(new Set(joined.map((reply) => LabJoinReply.parse(reply).id)).size).toBe(MAX_PARTICIPANTS)
      const late = await openPeer(tracker)
      expect(await late.ask('lab-join', { code, name: 'Late' })).toEqual({ refused: 'room-full' })

      const allowed: unknown[] = []
      const told = students.map((student) => student.next('lab'))
      for (let to = 1; to <= MAX_PARTICIPANTS; to++)
        allowed.push(await host.ask('lab-send', { to, body: OPEN_MESSAGE }))
      await Promise.all(told)
      // Ten seconds of a run at once: no bucket has time to fill again.
      for (let second = 0; second < 10; second++) {
        const reports = students.flatMap((student) => [
          student.ask('lab-send', { body: REPORT }),
          student.ask('lab-send', { body: REPORT }),
        ])
        allowed.push(...(await Promise.all(reports)), await host.ask('lab-send', { to: 'all', body: REPORT }))
      }
      expect(allowed.filter((reply) => JSON.stringify(reply) !== '{}')).toEqual([])
      expect(heard).toBe(MAX_PARTICIPANTS + 20 * MAX_PARTICIPANTS)
    }, 30_000)
  })
})
