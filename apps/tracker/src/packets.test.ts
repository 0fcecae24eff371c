import { Encoder, PacketType } from 'socket.io-parser'
import { describe, expect, it } from 'vitest'
import { EventDecoder } from './packets'

/** What is heard, and what goes the library's way. */
function decode(...encoded: unknown[]) {
  const decoder = new EventDecoder()
  const [heard, decoded]: [unknown[], unknown[]] = [[], []]
  decoder.hearer = (...all) => void heard.push(all)
  decoder.on('decoded', (packet) => void decoded.push(packet))
  for (const one of encoded) decoder.add(one)
  return { heard, decoded }
}

describe('events', () => {
  it('are heard with what they carry and the number under which they are answered', () => {
    expect(decode('2["join",{"swarmId":"s"}]', '217["leave"]').heard).toEqual([
      ['join', { swarmId: 's' }, ''],
      ['leave', undefined, '17'],
    ])
  })

  it('go the way of the library while nobody hears', () => {
    const decoder = new EventDecoder()
    const decoded: unknown[] = []
    decoder.on('decoded', (packet) => void decoded.push(packet))
    decoder.add('20["join"]')
    expect(decoded).toEqual([{ type: PacketType.EVENT, nsp: '/', id: 0, data: ['join'] }])
  })

  it.each([
    ['another namespace', '2/other,["join"]'],
    ['a number for a name', '2[7]'],
    ['no name', '2'],
    ['more digits than a client counts', '29999999999999999999'],
    ['something else than an event', '0{"token":1}'],
  ])('are left to the library: %s', (_name, encoded) => {
    const { heard, decoded } = decode(encoded)
    expect([heard.length, decoded.length]).toEqual([0, 1])
  })

  it.each(['2[', '2["join"', '2[]', '2{}', '2[{}]', '2["join"]]', 'x'])(
    'that are none are refused as the library refuses them: %s',
    (encoded) => {
      expect(() => decode(encoded)).toThrow()
    },
  )

  it('are left to the library with what is binary in them', () => {
    const packet = { type: PacketType.EVENT, nsp: '/', id: 1, data: ['signal', Buffer.from('x')] }
    expect(decode(...new Encoder().encode(packet)).decoded).toHaveLength(1)
  })
})
