// What the adapters of each port promise, as checks that run anywhere: under vitest, inside a browser, in a terminal.
// Knows no test framework. What takes real time is waited for by `until`, which virtual time answers as well.
import type { Signal } from '@swarmdrop/core/signaling'
import type { Clock, Hasher, Line, OpenLink, PeerLink, Random } from '../ports'
import { type Check, expectBytes, expectEqual } from './store-contract'

/** Lets time pass until it is so; rejects where that takes too long. */
export type Until = (isSo: () => boolean) => Promise<void>

/** `carry`: takes a signal to the other side, some time later, in order. */
export type LinkBench = { a: OpenLink; b: OpenLink; until: Until; carry: (deliver: () => void) => void }

/** Two ends of one link, each with what it has heard. `deaf`: its signals reach nobody. */
function linked({ a, b, carry }: LinkBench, { deaf = false } = {}) {
  const ends: { link: PeerLink; heard: { opened: number; closed: number; frames: Uint8Array[]; drained: number[] } }[] =
    []
  const make = (openLink: OpenLink, initiator: boolean, other: () => PeerLink | undefined) => {
    const heard = { opened: 0, closed: 0, frames: [] as Uint8Array[], drained: [] as number[] }
    const link = openLink(
      initiator,
      { iceServers: [], relayOnly: false },
      {
        signal: (signal: Signal) => {
          const text = JSON.stringify(signal)
          if (!deaf) carry(() => other()?.accept(JSON.parse(text) as Signal))
        },
        opened: () => heard.opened++,
        wayChanged: () => {},
        frame: (frame) => heard.frames.push(frame.slice()),
        drained: (bytes) => heard.drained.push(bytes),
        closed: () => heard.closed++,
      },
    )
    ends.push({ link, heard })
    return { link, heard }
  }
  const offering = make(a, true, () => ends[1]?.link)
  const offered = make(b, false, () => ends[0]?.link)
  return { offering, offered }
}

async function opened(bench: LinkBench) {
  const { offering, offered } = linked(bench)
  await bench.until(() => offering.link.isOpen && offered.link.isOpen)
  return { offering, offered }
}

export const linkChecks: Check<LinkBench>[] = [
  {
    name: 'opens on both sides, once, from an offer',
    async run(bench) {
      const { offering, offered } = await opened(bench)
      expectEqual(`${offering.heard.opened} ${offered.heard.opened}`, '1 1')
    },
  },
  {
    name: 'carries frames of any length to 256 KiB both ways, whole and in order, from memory that is used again',
    async run(bench) {
      const { offering, offered } = await opened(bench)
      const memory = new Uint8Array(262_144)
      const lengths = [1, 5, 65_549, 262_144, 0, 3]
      for (const [i, length] of lengths.entries()) {
        memory.fill(i + 1)
        if (length > 0) offering.link.send(memory.subarray(0, length))
      }
      offered.link.send(Uint8Array.of(9, 8))
      await bench.until(() => offered.heard.frames.length === 5 && offering.heard.frames.length === 1)
      const seen = offered.heard.frames.map((frame) => `${frame.length}×${frame[0]}${frame.at(-1)}`)
      expectEqual(seen.join(' '), '1×11 5×22 65549×33 262144×44 3×66')
      expectBytes(offering.heard.frames[0], Uint8Array.of(9, 8))
    },
  },
  {
    name: 'counts what waits, and tells when it falls to the mark',
    async run(bench) {
      const { offering, offered } = await opened(bench)
      offering.link.setLowMark(100_000)
      for (let i = 0; i < 20; i++) offering.link.send(new Uint8Array(65_536))
      let mostWaiting = 0
      await bench.until(() => {
        mostWaiting = Math.max(mostWaiting, offering.link.bufferedBytes)
        return mostWaiting > 100_000 || offering.heard.drained.length > 0
      })
      await bench.until(() => offered.heard.frames.length === 20 && offering.heard.drained.length > 0)
      const most = Math.max(...offering.heard.drained)
      if (most > 100_000) throw new Error(`told at ${most} bytes`)
      // What the other side has heard, this one may know a moment later.
      await bench.until(() => offering.link.bufferedBytes === 0)
    },
  },
  {
    name: 'ends on both sides when one closes it, once, and sends nothing after',
    async run(bench) {
      const { until, carry } = bench
      const { offering, offered } = await opened(bench)
      offering.link.close()
      offering.link.close()
      offering.link.send(Uint8Array.of(1))
      await bench.until(() => offering.heard.closed > 0 && offered.heard.closed > 0)
      offered.link.send(Uint8Array.of(1))
      let isLater = false
      carry(() => {
        isLater = true
      })
      await until(() => isLater)
      expectEqual(`${offering.heard.closed} ${offered.heard.closed}`, '1 1')
      expectEqual(`${offering.link.isOpen} ${offered.link.isOpen}`, 'false false')
      expectEqual(`${offering.heard.frames.length} ${offered.heard.frames.length}`, '0 0')
    },
  },
  {
    name: 'that has not opened ends when it is closed, or told to end',
    async run(bench) {
      const { offering, offered } = linked(bench, { deaf: true })
      offering.link.close()
      offered.link.accept({ type: 'end' })
      await bench.until(() => offering.heard.closed > 0 && offered.heard.closed > 0)
      expectEqual(`${offering.heard.opened} ${offered.heard.opened}`, '0 0')
    },
  },
]

export type LineBench = {
  line: Line
  /** Long enough for a word to get from one side to the other. */
  aWhile(): Promise<void>
  /** The other side's answer; undefined: none. */
  answer: (event: string, request: unknown) => unknown
  /** The other side says it. */
  say(event: string, payload: unknown): void
  /** Every line is lost. */
  breakAll(): void
  until: Until
}
export type MakeLine = (answer: LineBench['answer']) => Promise<LineBench>

function heardOn(line: Line) {
  const heard = { ups: 0, lost: 0, said: [] as string[] }
  line.open({
    up: () => heard.ups++,
    lost: () => heard.lost++,
    heard: (event, payload) => heard.said.push(`${event} ${JSON.stringify(payload)}`),
  })
  return heard
}

export const lineChecks: Check<MakeLine>[] = [
  {
    name: 'comes up, asks and is answered, tells and hears',
    async run(make) {
      const told: string[] = []
      const { line, say, until } = await make((event, request) => {
        told.push(`${event} ${JSON.stringify(request)}`)
        return { event, request }
      })
      expectEqual(line.isUp, false)
      expectEqual(await line.ask('early', {}), undefined)
      const heard = heardOn(line)
      await until(() => heard.ups === 1)
      expectEqual(JSON.stringify(await line.ask('sum', { a: 1 })), '{"event":"sum","request":{"a":1}}')
      line.tell('note', { b: 2 })
      say('signal', { c: 3 })
      await until(() => told.length === 2 && heard.said.length === 1)
      expectEqual(`${told.join()} ${heard.said.join()}`, 'sum {"a":1},note {"b":2} signal {"c":3}')
      line.close()
    },
  },
  {
    name: 'comes back by itself when it was lost, and those who wait hear that no answer will come',
    async run(make) {
      const { line, breakAll, until } = await make((event) => (event === 'silence' ? undefined : {}))
      const heard = heardOn(line)
      await until(() => line.isUp)
      const asked = line.ask('silence', {})
      breakAll()
      expectEqual(await asked, undefined)
      await until(() => heard.ups === 2)
      if (heard.lost < 1) throw new Error('nobody was told that it was lost')
      line.close()
    },
  },
  {
    name: 'is made again when it is given up',
    async run(make) {
      const { line, until } = await make(() => ({}))
      const heard = heardOn(line)
      await until(() => line.isUp)
      line.renew()
      await until(() => heard.ups === 2)
      line.close()
    },
  },
  {
    name: 'hears and says nothing once it is closed',
    async run(make) {
      const { line, say, until, aWhile } = await make(() => ({}))
      const heard = heardOn(line)
      await until(() => line.isUp)
      const asked = line.ask('silence', {})
      line.close()
      line.close()
      say('signal', {})
      await asked
      await aWhile()
      expectEqual(await line.ask('late', {}), undefined)
      expectEqual(`${heard.ups} ${heard.lost} ${heard.said.length} ${line.isUp}`, '1 0 0 false')
    },
  },
]

export const clockChecks: Check<{ clock: Clock; until: Until }>[] = [
  {
    name: 'rings the alarm that was set last, once, not before its time',
    async run({ clock, until }) {
      const rung: string[] = []
      const start = clock.now()
      clock.setAlarm(start + 20, () => rung.push('replaced'))
      clock.setAlarm(start + 40, () => rung.push(clock.now() >= start + 40 ? 'on time' : 'early'))
      await until(() => rung.length > 0)
      expectEqual(rung.join(), 'on time')
      if (Math.abs(clock.wallMs() - 1_700_000_000_000) > 1e12) throw new Error(`${clock.wallMs()} is no wall time`)
    },
  },
  {
    name: 'rings nothing that was cleared, and what is set by a ring',
    async run({ clock, until }) {
      const rung: string[] = []
      clock.setAlarm(clock.now() + 10, () => rung.push('cleared'))
      clock.clearAlarm()
      clock.setAlarm(clock.now() + 30, () => {
        rung.push('first')
        clock.setAlarm(clock.now(), () => rung.push('second'))
      })
      await until(() => rung.length === 2)
      expectEqual(rung.join(), 'first,second')
    },
  },
]

export const randomChecks: Check<Random>[] = [
  {
    name: 'draws bytes of any length that differ, and numbers from 0 to below 1 all over',
    async run(random) {
      const drawn = new Set(Array.from({ length: 100 }, () => random.bytes(16).join()))
      expectEqual(drawn.size, 100)
      expectEqual(`${random.bytes(0).length} ${random.bytes(33).length}`, '0 33')
      const numbers = Array.from({ length: 2_000 }, () => random.uniform())
      if (numbers.some((number) => !(number >= 0 && number < 1))) throw new Error('a number outside of [0, 1)')
      const tenths = new Set(numbers.map((number) => Math.floor(number * 10)))
      expectEqual(tenths.size, 10)
    },
  },
]

export const hasherChecks: Check<Hasher>[] = [
  {
    name: 'gives SHA-256, many at once',
    async run(sha256) {
      const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      const digests = await Promise.all([new Uint8Array(), Uint8Array.of(0x61, 0x62, 0x63)].map((one) => sha256(one)))
      // FIPS 180-4's examples.
      expectEqual(
        hex(digests[0] ?? new Uint8Array()),
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      )
      expectEqual(
        hex(digests[1] ?? new Uint8Array()),
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      )
    },
  },
]
