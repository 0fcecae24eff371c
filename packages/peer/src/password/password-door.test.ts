// Doors that speak to each other over a line that loses what a test says, in virtual time.
import { PasswordWord } from '@swarmdrop/core/password'
import { describe, expect, it } from 'vitest'
import type { DoorPorts } from '../swarm/gate'
import { VirtualTime } from '../testing/virtual-time'
import type { PasswordDoor } from './password-door'
import { PasswordGate } from './password-gate'

const right = Uint8Array.from({ length: 32 }, (_, at) => at)
const wrong = Uint8Array.from(right).reverse()
const LATENCY_MS = 20

/** Everybody who is at a swarm's door, each under one id. */
class Doors {
  readonly time = new VirtualTime()
  /** Whether a word is lost on the way. */
  loses: (from: string, to: string, say: string) => boolean = () => false
  readonly said: { from: string; to: string; say: string }[] = []
  readonly #doors = new Map<string, PasswordDoor>()
  readonly admitted: { at: string; peer: string; wasAsked: boolean }[] = []

  gate(key: Uint8Array): PasswordGate {
    const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)), uniform: Math.random }
    return new PasswordGate({ time: this.time, random }, key)
  }

  open(ownId: string, key = right, gate = this.gate(key)): PasswordDoor {
    const ports: DoorPorts = {
      ownId,
      say: (to, word) => this.say(ownId, to, word),
      admitted: (peer, wasAsked) => this.admitted.push({ at: ownId, peer, wasAsked }),
      changed: () => {},
    }
    const door = gate.doorFor(ports)
    this.#doors.set(ownId, door)
    return door
  }

  say(from: string, to: string, word: object): void {
    const heard = JSON.parse(JSON.stringify(word)) as { say: string }
    this.said.push({ from, to, say: heard.say })
    if (this.loses(from, to, heard.say)) return
    this.time.after(LATENCY_MS, () => this.#doors.get(to)?.heard(from, heard))
  }

  /** What one seals, the other opens. */
  reaches(from: string, to: string): boolean {
    const sealed = this.#doors.get(from)?.seal(to, { hello: to })
    return sealed !== undefined && this.#doors.get(to)?.open(from, sealed) !== undefined
  }
}

describe('[PASS-5] two who have the same password', () => {
  it('understand each other where both ask at once, and whichever welcome is lost', () => {
    for (const deaf of ['a', 'b']) {
      const doors = new Doors()
      const [a, b] = [doors.open('a'), doors.open('b')]
      doors.loses = (_from, to, say) => to === deaf && say === 'welcome'
      a.meet(['b'])
      b.meet(['a'])
      doors.time.pass(20_000)
      for (let turn = 0; turn < 2; turn++) {
        expect(doors.reaches('a', 'b'), `to b, ${deaf} is deaf`).toBe(true)
        expect(doors.reaches('b', 'a'), `to a, ${deaf} is deaf`).toBe(true)
      }
    }
  })

  it('come together where the only welcome was lost, no matter which of them looks again', () => {
    for (const again of ['a', 'b']) {
      const doors = new Doors()
      const both = { a: doors.open('a'), b: doors.open('b') }
      let lost = 0
      doors.loses = (_from, _to, say) => say === 'welcome' && lost++ === 0
      both.a.meet(['b'])
      doors.time.pass(20_000)
      both[again as 'a' | 'b'].meet(['a', 'b'])
      doors.time.pass(20_000)
      expect(doors.reaches('a', 'b'), `${again} looks again`).toBe(true)
      expect(doors.reaches('b', 'a'), `${again} looks again`).toBe(true)
    }
  })

  it('keep what they have agreed on, whatever is begun and lost afterwards', () => {
    const doors = new Doors()
    const a = doors.open('a')
    doors.open('b')
    a.meet(['b'])
    doors.time.pass(1_000)
    expect(doors.reaches('a', 'b')).toBe(true)
    // One who stands in between begins, again and again, runs of which the end is lost.
    doors.loses = (_from, _to, say) => say === 'welcome'
    for (let i = 0; i < 6; i++) {
      doors.open('a').meet(['b'])
      doors.time.pass(20_000)
    }
    doors.loses = () => false
    doors.open('a').meet(['b'])
    doors.time.pass(1_000)
    expect(doors.reaches('a', 'b')).toBe(true)
    expect(doors.reaches('b', 'a')).toBe(true)
  })

  it('the one who asked is told of as such, so that it dials whom it asked', () => {
    const doors = new Doors()
    doors.open('b')
    doors.open('a').meet(['b'])
    doors.time.pass(1_000)
    expect(doors.admitted).toEqual([
      { at: 'b', peer: 'a', wasAsked: false },
      { at: 'a', peer: 'b', wasAsked: true },
    ])
  })
})

describe('[PASS-3] a password that is changed while a class downloads', () => {
  const CLASS = 29

  it('says so to each of them at once, and lets in who has the new one', () => {
    const doors = new Doors()
    doors.open('sender')
    const old = Array.from({ length: CLASS }, (_, i) => doors.open(`old ${i}`, wrong))
    for (const door of old) door.meet(['sender'])
    doors.time.pass(2_000)
    expect(old.map(({ verdict }) => verdict)).toEqual(old.map(() => 'wrong'))
    const newcomer = doors.open('new', right)
    newcomer.meet(['sender'])
    doors.time.pass(1_000)
    expect(newcomer.isOpenTo('sender')).toBe(true)
  })

  it('lets in who has the new one though all the others are named with the sender', () => {
    const doors = new Doors()
    const sender = doors.open('sender')
    const old = Array.from({ length: CLASS }, (_, i) => ({ id: `old ${i}`, door: doors.open(`old ${i}`, wrong) }))
    const ids = old.map(({ id }) => id)
    sender.meet(ids)
    doors.time.pass(5_000)
    const newcomer = doors.open('new', right)
    // The sender comes last; those with the old one are connected to each other already.
    newcomer.meet([...ids, 'sender'])
    doors.time.pass(10_000)
    for (const { door } of old) door.meet(['new', 'sender'])
    sender.meet([...ids, 'new'])
    doors.time.pass(5_000)
    expect(newcomer.isOpenTo('sender')).toBe(true)
  })

  it('answers 40 who guess, and no more', () => {
    const doors = new Doors()
    doors.open('sender', right)
    for (let i = 0; i < 60; i++) doors.open(`guess ${i}`, wrong).meet(['sender'])
    doors.time.pass(2_000)
    expect(doors.said.filter(({ say }) => say === 'wrong')).toHaveLength(40)
  })

  it('is asked for more and more seldom by those who are too many', () => {
    const doors = new Doors()
    doors.open('sender', right)
    for (let i = 0; i < 60; i++) doors.open(`old ${i}`, wrong).meet(['sender'])
    const guesses = () => doors.said.filter(({ say }) => say === 'guess').length
    doors.time.pass(60_000)
    const before = guesses()
    doors.time.pass(60_000)
    expect(guesses() - before).toBeLessThanOrEqual(20 * 2)
  })
})

describe('[PASS-3] who floods', () => {
  const knock = () => ({ say: 'knock', run: 'A'.repeat(22), nonce: 'A'.repeat(22) })

  it('with knocks is answered 64 times, and then 8 times a second', () => {
    const doors = new Doors()
    const door = doors.open('b')
    for (let i = 0; i < 200; i++) door.heard(`x${i % 5}`, knock())
    expect(doors.said.filter(({ say }) => say === 'answer')).toHaveLength(64)
    doors.time.pass(10_000)
    for (let i = 0; i < 200; i++) door.heard(`x${i % 5}`, knock())
    expect(doors.said.filter(({ say }) => say === 'answer').length).toBeLessThanOrEqual(64 + 64)
  })

  it('with members that say nothing costs no memory, and keeps nobody who is named now waiting', () => {
    const doors = new Doors()
    const a = doors.open('a')
    for (let i = 0; i < 100; i++) {
      a.meet(Array.from({ length: 30 }, (_, at) => `silent ${i} ${at}`))
      doors.time.pass(1_000)
    }
    doors.open('b')
    a.meet(['b'])
    // Those who are being asked have their eight seconds; nobody else who has gone is before it.
    doors.time.pass(9_000)
    expect(a.isOpenTo('b')).toBe(true)
  })
})

it('never throws, whatever is said in whichever state', () => {
  const doors = new Doors()
  const door = doors.open('b')
  door.meet(['x'])
  const says = ['knock', 'answer', 'guess', 'welcome', 'wrong', 'busy', 'needed', 'none', 'nothing']
  const bytes = [
    undefined,
    '',
    'A',
    'A'.repeat(22),
    'A'.repeat(43),
    '_'.repeat(43),
    'A'.repeat(86),
    'A'.repeat(2_000),
    7,
  ]
  for (const say of says)
    for (const one of bytes)
      for (const other of bytes) {
        const word = { say, run: 'A'.repeat(22), nonce: one, share: other, proof: 'A'.repeat(86) }
        expect(() => door.heard('x', word)).not.toThrow()
        expect(() => PasswordWord.safeParse(word)).not.toThrow()
      }
  for (const word of [null, undefined, 7, 'knock', [], { say: {} }]) expect(() => door.heard('x', word)).not.toThrow()
})
