import { Encoder, PacketType } from 'socket.io-parser'
import { describe, expect, it } from 'vitest'
import { readEvent } from './packets'

describe('an event', () => {
  it('is read with what it carries and the number under which it is answered', () => {
    expect(readEvent('2["join",{"swarmId":"s"}]')).toEqual({ event: 'join', content: { swarmId: 's' }, id: '' })
    expect(readEvent('217["leave"]')).toEqual({ event: 'leave', content: undefined, id: '17' })
    expect(readEvent('20["leave",null,1]')).toEqual({ event: 'leave', content: null, id: '0' })
  })

  it('is read as the library writes it', () => {
    const packet = { type: PacketType.EVENT, nsp: '/', id: 9, data: ['signal', { sealed: 'x"]' }] }
    expect(readEvent(new Encoder().encode(packet)[0])).toEqual({ event: 'signal', content: { sealed: 'x"]' }, id: '9' })
  })

  it.each([
    ['another namespace', '2/other,["join"]'],
    ['a number for a name', '2[7]'],
    ['a name of its own', '2["disconnect"]'],
    ['no name', '2'],
    ['an empty list', '2[]'],
    ['no list', '2{}'],
    ['half a list', '2["join"'],
    ['a list with something after it', '2["join"]]'],
    ['more digits than a client counts', '29999999999999999999["join"]'],
    ['a number with a zero before it', '207["join"]'],
    ['a packet that opens a namespace', '0{"token":1}'],
    ['a packet with a binary part', '51-["join",{"_placeholder":true,"num":0}]'],
    ['no packet', 'x'],
    ['nothing', ''],
  ])('is left to the library: %s', (_name, encoded) => {
    expect(readEvent(encoded)).toBeUndefined()
  })
})
