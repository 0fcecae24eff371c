// A line that takes over a WebSocket which somebody has opened before, as a page's first script does.
import { describe, expect, it, vi } from 'vitest'
import { VirtualTime } from '../testing/virtual-time'
import type { EarlySocket } from './early-socket'
import { SocketLine } from './socket-line'

const URL_OF_PAGE = 'http://tracker.test'
const URL_OF_SOCKET = 'ws://tracker.test/socket.io/?EIO=4&transport=websocket'
const OPENING = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'
const WELCOME = '40{"sid":"b"}'

/** A WebSocket in the state that a page finds it in. */
class FakeSocket {
  onopen: ((event: object) => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  readonly sent: unknown[] = []
  closed = false
  constructor(
    public readyState: number,
    readonly url = URL_OF_SOCKET,
  ) {}
  send(data: unknown) {
    this.sent.push(data)
  }
  close() {
    this.closed = true
  }
  say(data: string) {
    this.onmessage?.({ data })
  }
}

function lineOver(socket: FakeSocket, heard: string[]) {
  const early: (EarlySocket | undefined)[] = [{ socket: socket as EarlySocket['socket'], heard }]
  const line = new SocketLine(URL_OF_PAGE, new VirtualTime(), { early: () => early.shift() })
  const up = vi.fn()
  line.open({ up, lost: () => {}, heard: () => {} })
  return { line, up }
}

const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('a line over a WebSocket that was opened before', () => {
  it('is up with what was heard before, and greets nobody a second time', async () => {
    const socket = new FakeSocket(1)
    const { line, up } = lineOver(socket, [OPENING, WELCOME])
    await soon()
    expect(up).toHaveBeenCalledTimes(1)
    const answer = line.ask('join', { swarmId: 's' })
    expect(socket.sent).toEqual(['420["join",{"swarmId":"s"}]'])
    socket.say('430[{"id":"me"}]')
    expect(await answer).toEqual({ id: 'me' })
    line.close()
  })

  it('hears the welcome that comes after it was taken over', async () => {
    const socket = new FakeSocket(1)
    const { line, up } = lineOver(socket, [OPENING])
    await soon()
    expect(up).not.toHaveBeenCalled()
    socket.say(WELCOME)
    await soon()
    expect(up).toHaveBeenCalledTimes(1)
    expect(socket.sent).toEqual([])
    line.close()
  })

  it('hears all of one that is still on its way, and greets by itself', async () => {
    const socket = new FakeSocket(0)
    const { line, up } = lineOver(socket, [])
    await soon()
    socket.readyState = 1
    socket.onopen?.({})
    socket.say(OPENING)
    await soon()
    expect(socket.sent).toEqual(['40'])
    socket.say(WELCOME)
    await soon()
    expect(up).toHaveBeenCalledTimes(1)
    line.close()
  })

  it.each([
    ['has ended', new FakeSocket(3)],
    ['leads elsewhere', new FakeSocket(1, 'ws://other.test/')],
  ])('lets go of one that %s', async (_, socket) => {
    const { line, up } = lineOver(socket, [OPENING, WELCOME])
    await soon()
    expect(up).not.toHaveBeenCalled()
    expect(socket.closed).toBe(true)
    line.close()
  })
})
