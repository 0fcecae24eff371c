import type { CodeKnockReply, CodeOpenReply } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import { Mailboxes, type MailboxesOptions, type MailboxMessage } from './mailboxes'
import { seededRandom } from './testing/seeded-random'

const NOW = 1_700_000_000_000
const token = (name: string) => name.padEnd(22, 'x')

function openMailboxes(options: Partial<MailboxesOptions> = {}) {
  let exchanges = 0
  const mailboxes = new Mailboxes({
    random: seededRandom(1),
    newExchangeId: () => String(exchanges++).padStart(22, 'e'),
    knocksAtOne: { capacity: 1_000, perSecond: 1 },
    ...options,
  })
  const handle = (socket: string, message: MailboxMessage, { now = NOW, address = socket } = {}) =>
    mailboxes.handle({ socket, address }, message, now)
  const open = (socket: string, nameplate?: number, as = socket, address = socket) =>
    handle(socket, { type: 'code-open', token: token(as), ...(nameplate && { nameplate }) }, { address }).reply
  const number = (socket: string) => (open(socket) as CodeOpenReply).nameplate
  const knock = (socket: string, nameplate: number, { now = NOW, address = socket } = {}) =>
    handle(socket, { type: 'code-knock', nameplate, body: 'knock' }, { now, address })
  const exchange = (socket: string, nameplate: number, at = {}) =>
    (knock(socket, nameplate, at).reply as CodeKnockReply).exchange
  const say = (socket: string, id: string, body: string) => handle(socket, { type: 'code-say', exchange: id, body })
  return { mailboxes, handle, open, number, knock, exchange, say }
}

describe('a mailbox', () => {
  it('[CODE-8] has a number of its own, as short as may be', () => {
    const { number } = openMailboxes()
    const numbers = Array.from({ length: 60 }, (_, i) => number(`sender ${i}`))
    expect(new Set(numbers).size).toBe(60)
    for (const first of numbers.slice(0, 5)) expect(first).toBeLessThan(10)
    for (const other of numbers.slice(5, 50)) expect(other).toBeLessThan(100)
  })

  it('[CODE-8] takes what a visitor says to its owner, and back, two times each', () => {
    const { number, knock, say } = openMailboxes()
    const nameplate = number('sender')
    const { reply, deliveries } = knock('ada', nameplate)
    const { exchange } = reply as CodeKnockReply
    expect(deliveries).toEqual([{ socket: 'sender', code: { type: 'knock', nameplate, exchange, body: 'knock' } }])
    const answered = say('sender', exchange, 'answer')
    expect(answered.deliveries).toEqual([{ socket: 'ada', code: { type: 'said', exchange, body: 'answer' } }])
    expect(say('ada', exchange, 'guess').deliveries[0]).toMatchObject({ socket: 'sender', code: { body: 'guess' } })
    expect(say('ada', exchange, 'more')).toEqual({ reply: { refused: 'exchange-over' }, deliveries: [] })
    expect(say('sender', exchange, 'gift').deliveries[0]).toMatchObject({ socket: 'ada', code: { body: 'gift' } })
    expect(say('sender', exchange, 'more').reply).toEqual({ refused: 'exchange-over' })
  })

  it('[CODE-8] is its own visitors’ alone', () => {
    const { number, exchange, say } = openMailboxes()
    const id = exchange('ada', number('sender'))
    number('other')
    for (const socket of ['other', 'bob']) expect(say(socket, id, 'x').reply).toEqual({ refused: 'exchange-over' })
    expect(say('sender', 'e'.repeat(22), 'x').reply).toEqual({ refused: 'exchange-over' })
  })

  it('[CODE-8] is for who has its token, from whatever socket', () => {
    const { open, number, exchange, knock, say } = openMailboxes()
    const nameplate = number('sender')
    const id = exchange('ada', nameplate)
    expect(open('thief', nameplate)).toEqual({ refused: 'code-taken' })
    expect(open('sender', nameplate)).toEqual({ nameplate })
    expect(say('sender', id, 'still there').deliveries).toHaveLength(1)
    expect(open('sender again', nameplate, 'sender')).toEqual({ nameplate })
    expect(say('sender', id, 'too late').reply).toEqual({ refused: 'exchange-over' })
    expect(knock('bob', nameplate).deliveries[0]?.socket).toBe('sender again')
  })

  it('[CODE-8] that is taken over tells those who wait that it was', () => {
    const { handle, number, exchange } = openMailboxes()
    const nameplate = number('sender')
    const id = exchange('ada', nameplate)
    const { deliveries } = handle('new', { type: 'code-open', token: token('sender'), nameplate })
    expect(deliveries).toEqual([{ socket: 'ada', code: { type: 'ended', exchange: id } }])
  })

  it('[CODE-8] is opened again under the number that it had, where a tracker has forgotten it', () => {
    const { open } = openMailboxes()
    expect(open('sender', 4_711)).toEqual({ nameplate: 4_711 })
  })

  it('[CODE-9] is gone with its socket, or when it is closed, and its visitors hear so', () => {
    for (const end of ['disconnect', 'code-close'] as const) {
      const { mailboxes, handle, number, exchange, knock } = openMailboxes()
      const nameplate = number('sender')
      const id = exchange('ada', nameplate)
      const { deliveries } = handle('sender', end === 'disconnect' ? { type: end } : { type: end, nameplate })
      expect(deliveries).toEqual([{ socket: 'ada', code: { type: 'ended', exchange: id } }])
      expect(knock('bob', nameplate).reply).toEqual({ refused: 'unknown-code' })
      expect(mailboxes.counts).toEqual({ mailboxes: 0, exchanges: 0 })
    }
  })

  it('[CODE-9] is not closed by another', () => {
    const { handle, number, knock } = openMailboxes()
    const nameplate = number('sender')
    expect(handle('thief', { type: 'code-close', nameplate }).reply).toEqual({ refused: 'unknown-code' })
    expect(knock('ada', nameplate).deliveries).toHaveLength(1)
  })

  it('[CODE-9] keeps nothing of visitors who have gone, nor of those who say nothing more for 30 s', () => {
    const { mailboxes, handle, number, exchange } = openMailboxes()
    const nameplate = number('sender')
    exchange('ada', nameplate)
    handle('ada', { type: 'disconnect' })
    expect(mailboxes.counts.exchanges).toBe(0)
    exchange('bob', nameplate)
    exchange('carol', nameplate, { now: NOW + 29_999 })
    expect(mailboxes.counts.exchanges).toBe(2)
    exchange('dave', nameplate, { now: NOW + 30_000 })
    expect(mailboxes.counts.exchanges).toBe(2)
  })

  it('[CODE-9] has room for the next: the oldest exchange of a socket, of an address, of all makes way', () => {
    const limits = { maxVisits: 2, maxExchangesPerAddress: 3, maxExchanges: 5 }
    const { mailboxes, number, exchange, say } = openMailboxes(limits)
    const nameplate = number('sender')
    const isOpen = (id: string) => !('refused' in say('sender', id, 'x').reply)
    const bySocket = [1, 2, 3].map(() => exchange('ada', nameplate))
    expect(bySocket.map(isOpen)).toEqual([false, true, true])
    const byAddress = [1, 2, 3, 4].map((i) => exchange(`school ${i}`, nameplate, { address: 'school' }))
    expect(byAddress.map(isOpen)).toEqual([false, true, true, true])
    expect(mailboxes.counts.exchanges).toBe(5)
    exchange('bob', nameplate)
    expect(isOpen(bySocket[1] ?? '')).toBe(false)
    expect(mailboxes.counts.exchanges).toBe(5)
  })

  it('[CODE-9] is knocked at so often', () => {
    const { number, knock } = openMailboxes({ knocksAtOne: { capacity: 3, perSecond: 1 } })
    const nameplate = number('sender')
    const replies = [1, 2, 3, 4].map((i) => knock(`visitor ${i}`, nameplate).reply)
    expect(replies.filter((reply) => 'refused' in reply)).toEqual([{ refused: 'receiver-busy' }])
    expect(knock('late', nameplate, { now: NOW + 1_000 }).reply).toHaveProperty('exchange')
  })

  it('[CODE-9] is one of so many of a socket, of an address, of all', () => {
    const { open, handle } = openMailboxes({ maxPerSocket: 2, maxPerAddress: 3, maxMailboxes: 4 })
    const full = { refused: 'codes-full' }
    expect([1, 2, 3].map((i) => open('a', undefined, `a${i}`, 'school')).at(-1)).toEqual(full)
    expect(['b', 'c'].map((socket) => open(socket, undefined, socket, 'school')).at(-1)).toEqual(full)
    expect(['d', 'e'].map((socket) => open(socket)).at(-1)).toEqual(full)
    handle('a', { type: 'disconnect' }, { address: 'school' })
    expect(open('c', undefined, 'c', 'school')).toHaveProperty('nameplate')
  })
})
