// Mailboxes of codes over real sockets: what is carried, refused, and forgotten.
import { CodeDelivery, CodeKnockReply, CodeOpenReply, MAX_CODE_CHARACTERS } from '@swarmdrop/core/signaling'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { closeAll } from './testing/cleanup'
import { messagePaths } from './testing/message-paths'
import { openPeer, type Peer } from './testing/peers'

afterEach(closeAll)

const TOKEN = 'x'.repeat(22)
const open = async (peer: Peer) => CodeOpenReply.parse(await peer.ask('code-open', { token: TOKEN })).nameplate
const heardBy = async (peer: Peer) => CodeDelivery.parse(await peer.next('code'))
const from = (address: string) => ({ 'x-forwarded-for': address })

describe.each(messagePaths)('messages %s:', (_path, openTracker) => {
  it('[CODE-8] carries an exchange, and has forgotten all of it when both have gone', async () => {
    const tracker = await openTracker()
    const [sender, visitor] = [await openPeer(tracker), await openPeer(tracker)]
    const nameplate = await open(sender)
    const body = 'x'.repeat(MAX_CODE_CHARACTERS)
    const knocked = heardBy(sender)
    const { exchange } = CodeKnockReply.parse(await visitor.ask('code-knock', { nameplate, body }))
    expect(await knocked).toEqual({ type: 'knock', nameplate, exchange, body })
    for (const [speaker, hearer] of [
      [sender, visitor],
      [visitor, sender],
      [sender, visitor],
    ] as const) {
      const heard = heardBy(hearer)
      expect(await speaker.ask('code-say', { exchange, body })).toEqual({})
      expect(await heard).toEqual({ type: 'said', exchange, body })
    }
    expect(tracker.counts.codes).toBe(1)

    await visitor.ask('code-knock', { nameplate, body })
    const ended = heardBy(visitor)
    sender.socket.disconnect()
    expect(await ended).toMatchObject({ type: 'ended' })
    expect(tracker.counts.codes).toBe(0)
    expect(await visitor.ask('code-knock', { nameplate, body })).toEqual({ refused: 'unknown-code' })
  })

  it.each([
    ['a token that is too short', 'code-open', { token: 'x' }],
    ['a number that is none', 'code-open', { token: TOKEN, nameplate: 0 }],
    ['a number that is too long', 'code-knock', { nameplate: 100_000, body: 'x' }],
    ['a text that is too long', 'code-knock', { nameplate: 1, body: 'x'.repeat(MAX_CODE_CHARACTERS + 1) }],
    ['no text', 'code-say', { exchange: TOKEN, body: '' }],
    ['a text that is none', 'code-say', { exchange: TOKEN, body: { nonce: 1 } }],
    ['a field of its own', 'code-close', { nameplate: 1, body: 'x' }],
    ['nothing', 'code-open', undefined],
  ])('[CODE-8] refuses as invalid: %s', async (_name, event, content) => {
    const peer = await openPeer(await openTracker())
    expect(await peer.ask(event, content)).toEqual({ refused: 'invalid' })
  })

  it('[CODE-9] lets an address knock so often, and others as before', async () => {
    const tracker = await openTracker({ trustedProxies: 1, limits: { knocks: { capacity: 3, perSecond: 0.001 } } })
    const sender = await openPeer(tracker, from('192.0.2.1'))
    const nameplate = await open(sender)
    const guessers = await Promise.all([1, 2].map(() => openPeer(tracker, from('203.0.113.1'))))
    const replies: unknown[] = []
    for (let i = 0; i < 4; i++) replies.push(await guessers[i % 2]?.ask('code-knock', { nameplate, body: 'x' }))
    expect(replies.at(-1)).toEqual({ refused: 'rate-limited' })
    expect(replies.slice(0, 3).every((reply) => CodeKnockReply.safeParse(reply).success)).toBe(true)
    const honest = await openPeer(tracker, from('198.51.100.7'))
    expect(await honest.ask('code-knock', { nameplate, body: 'x' })).toHaveProperty('exchange')
  })

  it('[CODE-9] fills no sender’s line with knocks: who does not read gets no more', async () => {
    const limits = { knocks: { capacity: 10_000, perSecond: 1 }, knocksAtOne: { capacity: 10_000, perSecond: 1 } }
    const tracker = await openTracker({ limits: { ...limits, unreadFromOthersBytes: -1 } })
    const [sender, visitor] = [await openPeer(tracker), await openPeer(tracker)]
    const nameplate = await open(sender)
    expect(await visitor.ask('code-knock', { nameplate, body: 'x' })).toEqual({ refused: 'receiver-busy' })
  })

  it('[CODE-9] cuts off who floods with what is no message', async () => {
    const tracker = await openTracker({ limits: { strikes: { capacity: 2, perSecond: 0.001 } } })
    const peer = await openPeer(tracker)
    const gone = peer.next('disconnect')
    for (let i = 0; i < 5; i++) peer.socket.emit('code-open', { token: 'x' }, () => {})
    expect(await gone).toBe('transport close')
    await vi.waitFor(() => expect(tracker.counts.sockets).toBe(0))
  })

  it('[CODE-8] serves thirty visitors behind one address at once', async () => {
    const tracker = await openTracker()
    const sender = await openPeer(tracker)
    const nameplate = await open(sender)
    sender.socket.on('code', ({ type, exchange }) => {
      if (type === 'knock') sender.socket.emit('code-say', { exchange, body: `for ${exchange}` }, () => {})
    })
    const visitors = await Promise.all(Array.from({ length: 30 }, () => openPeer(tracker)))
    const heard = visitors.map((visitor) => heardBy(visitor))
    const replies = await Promise.all(visitors.map((one) => one.ask('code-knock', { nameplate, body: 'x' })))
    const exchanges = replies.map((reply) => CodeKnockReply.parse(reply).exchange)
    expect(new Set(exchanges).size).toBe(30)
    expect(await Promise.all(heard)).toEqual(
      exchanges.map((exchange) => ({ type: 'said', exchange, body: `for ${exchange}` })),
    )
  })
})
