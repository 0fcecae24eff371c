import { describe, expect, it } from 'vitest'
import { Transports } from './transports'

const first = ({ next }: Transports) => next.transports.join()

describe('a line', () => {
  it('is tried by a WebSocket, and by polls in the same attempt where that fails', () => {
    const transports = new Transports()
    expect(first(transports)).toBe('websocket,polling')
    transports.failed(false)
    expect(first(transports)).toBe('websocket,polling')
  })

  it('whose WebSocket hangs is tried by polls next, and turn about while both hang', () => {
    const transports = new Transports()
    const tried: string[] = []
    for (let i = 0; i < 4; i++) {
      tried.push(first(transports))
      transports.failed(true)
    }
    expect(tried).toEqual(['websocket,polling', 'polling,websocket', 'websocket,polling', 'polling,websocket'])
  })

  it('that has stood by polls is tried by a WebSocket when it is lost', () => {
    const transports = new Transports()
    transports.failed(true)
    transports.stands('polling')
    expect(first(transports)).toBe('websocket,polling')
  })

  it('that has stood by a WebSocket is not tried by polls until three attempts have failed', () => {
    const transports = new Transports()
    transports.stands('websocket')
    const tried: string[] = []
    for (let i = 0; i < 5; i++) {
      tried.push(first(transports))
      transports.failed(true)
    }
    expect(tried).toEqual(['websocket', 'websocket', 'websocket', 'polling,websocket', 'websocket,polling'])
    transports.stands('polling')
    expect(first(transports)).toBe('websocket')
  })

  it('that has stood by a WebSocket soon gives up on one that hangs, and is more patient with each that follows', () => {
    const transports = new Transports()
    transports.stands('websocket')
    const withinMs: number[] = []
    for (let i = 0; i < 3; i++) {
      withinMs.push(transports.next.withinMs)
      transports.failed(true)
    }
    expect(withinMs).toEqual([2_000, 4_000, 8_000])
  })

  it('waits less for a WebSocket while there is another way', () => {
    const transports = new Transports()
    expect(transports.next.withinMs).toBeLessThan(5_000)
    transports.failed(true)
    expect(transports.next.withinMs).toBe(8_000)
    expect(new Transports(100).next.withinMs).toBe(100)
  })
})
