import { LabDelivery, LabHostReply, MAX_LAB_CHARACTERS } from '@swarmdrop/core'
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll } from './testing/cleanup'
import { openPeer, openTracker } from './testing/peers'

afterEach(closeAll)

describe('a room over real sockets', () => {
  it('is created, joined by its code, and carries messages both ways', async () => {
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

  it.each([
    ['a code with a letter that is confused', 'lab-join', { code: 'ABCDE0', name: 'Ada' }],
    ['no name', 'lab-join', { code: 'ABCDEF', name: '' }],
    ['a name of two lines', 'lab-join', { code: 'ABCDEF', name: 'Ada\nBob' }],
    ['a name too long', 'lab-join', { code: 'ABCDEF', name: 'x'.repeat(41) }],
    ['a message over 64 KiB', 'lab-send', { to: 'all', body: 'x'.repeat(MAX_LAB_CHARACTERS + 1) }],
    ['a message that is no text', 'lab-send', { to: 'all', body: { run: 1 } }],
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
})
