// The connection check in virtual time: what it finds on each kind of network, and that it never takes too long.
import { describe, expect, it } from 'vitest'
import type { Line } from '../ports'
import { VirtualWorld } from '../testing/virtual-device'
import { VirtualLinks } from '../testing/virtual-links'
import type { CheckPorts, Gathered, Transport } from './check-ports'
import { ConnectionCheck } from './connection-check'
import type { CheckFacts } from './facts'

const STUN = { urls: ['stun:192.0.2.1:3478'] }
const TURN = { urls: ['turn:192.0.2.1:3478'], username: 'u', credential: 'c' }
const nothing: Gathered = { host: [], reflexive: [], relayed: [], errorCodes: [], finished: true }

/** A device on a network of which the tests say what gets through. */
class Checked {
  readonly world = new VirtualWorld()
  readonly relayed = new VirtualLinks(this.world.time)
  readonly check: ConnectionCheck
  readonly ports: CheckPorts
  /** What gathering brings with no server, with STUN and through a relay. */
  gathered: Record<'own' | 'stun' | 'turn', Partial<Gathered> | 'silent'> = {
    own: { host: ['a.local', 'b.local'] },
    stun: { reflexive: ['203.0.113.7'] },
    turn: { relayed: ['192.0.2.1'] },
  }
  /** Which ways to the tracker stand. */
  readonly blocked = new Set<Transport>()

  constructor(change: Partial<CheckPorts> = {}) {
    const { ports } = this.world.device('Ada')
    const { time } = ports
    this.world.tracker.iceServers = [STUN, TURN]
    this.ports = {
      ...ports,
      host: 'drop.example.org',
      newLine: (transport) => this.#line(transport),
      askWeb: async () => ({ answer: 'tracker', wallMs: time.wallMs() + 5_000 }),
      pollingStatus: async () => 400,
      webRtc: () => 'there',
      openLink: (initiator, configuration, handlers) => {
        const { links } = this.world
        return (configuration.relayOnly ? this.relayed : links).of('Ada')(initiator, configuration, handlers)
      },
      gather: ({ iceServers, relayOnly }, withinMs) => {
        const found = this.gathered[relayOnly ? 'turn' : iceServers.length > 0 ? 'stun' : 'own']
        return new Promise((resolve) => {
          if (found === 'silent') time.after(withinMs, () => resolve({ ...nothing, finished: false }))
          else time.after(30, () => resolve({ ...nothing, ...found }))
        })
      },
      storage: async () => ({ keeps: 'files', freeBytes: 1e9 }),
      ...change,
    }
    this.check = new ConnectionCheck(this.ports)
  }

  #line(transport: Transport): Line {
    const line = this.world.tracker.newLine('Ada')
    if (this.blocked.has(transport)) line.setReachable(false)
    return line
  }

  /** What it found, and how long it took. */
  async run(): Promise<{ facts: Partial<CheckFacts>; tookMs: number; broken: object }> {
    const beganAt = this.world.time.now()
    void this.check.start()
    const isDone = await this.world.time.run(60_000, () => this.check.getSnapshot().phase === 'done')
    expect(isDone).toBe(true)
    const { facts, broken } = this.check.getSnapshot()
    return { facts, broken, tookMs: this.world.time.now() - beganAt }
  }
}

describe('a connection check', () => {
  it('finds everything where everything works, and leaves no line or link open', async () => {
    const checked = new Checked()
    const { facts, broken, tookMs } = await checked.run()
    expect(facts).toMatchObject({
      webRtc: 'there',
      tracker: { reached: 'websocket', roundTripMs: 20 },
      own: { addresses: [], hidden: 2 },
      stun: { named: true, addresses: ['203.0.113.7'], answered: true },
      direct: { carried: true },
      turn: { named: true, addresses: ['192.0.2.1'], loop: { carried: true } },
      server: { relays: false },
      storage: { keeps: 'files', freeBytes: 1e9 },
      relayOnly: false,
    })
    expect(broken).toEqual({})
    expect(tookMs).toBeLessThan(1_000)
    const { tracker, links } = checked.world
    expect([tracker.lines.size, links.all.size, checked.relayed.all.size]).toEqual([0, 0, 0])
  })

  it('tells the clock from the tracker’s, to the middle of a round trip', async () => {
    const checked = new Checked()
    const { facts } = await checked.run()
    const offsetMs = checked.world.time.wallMs() - checked.ports.time.wallMs()
    // Devices in this world are set wrong by up to forty seconds.
    expect(Math.abs(offsetMs)).toBeGreaterThan(1_000)
    expect(facts.clock?.offsetMs).toBeCloseTo(offsetMs, -1)
  })

  it('says what it knows as soon as it knows it', async () => {
    const checked = new Checked()
    checked.gathered.stun = 'silent'
    const seen: string[] = []
    checked.check.subscribe(() => seen.push(Object.keys(checked.check.getSnapshot().facts).at(-1) ?? ''))
    await checked.run()
    expect(seen.indexOf('direct')).toBeLessThan(seen.indexOf('stun'))
    expect(seen.slice(0, 3)).toEqual(['', 'relayOnly', 'webRtc'])
  })

  it('reaches the tracker by polling where WebSockets are blocked', async () => {
    const checked = new Checked()
    checked.blocked.add('websocket')
    const { facts } = await checked.run()
    expect(facts.tracker).toMatchObject({ reached: 'polling' })
    expect(facts.turn).toMatchObject({ loop: { carried: true } })
  })

  it('tells how polling was refused, what answers instead, and the time by the web, where no line stands', async () => {
    const checked = new Checked()
    checked.world.tracker.isDown = true
    const { facts, tookMs } = await checked.run()
    expect(facts.tracker).toEqual({ reached: 'no', web: 'tracker', pollingStatus: 400 })
    // One failure is enough: nobody waits for a second.
    expect(tookMs).toBeLessThan(1_000)
    expect(facts.clock).toEqual({ offsetMs: 5_000 })
    expect(facts).not.toHaveProperty('stun')
    expect(facts.direct).toMatchObject({ carried: true })
  })

  it('says so where nothing answers at all', async () => {
    const checked = new Checked({
      askWeb: () => Promise.reject(new Error('offline')),
      pollingStatus: () => Promise.reject(new Error('offline')),
    })
    checked.world.tracker.isDown = true
    const { facts, broken } = await checked.run()
    expect(facts.tracker).toEqual({ reached: 'no', web: 'nothing' })
    expect([facts.clock, broken]).toEqual([undefined, {}])
  })

  it('says why a tracker named no servers', async () => {
    const checked = new Checked()
    checked.world.tracker.answer = async (_, event) =>
      event === 'join' ? { refused: 'rate-limited' } : { nowMs: checked.world.time.wallMs() }
    const { facts } = await checked.run()
    expect(facts.tracker).toMatchObject({ reached: 'websocket', refused: 'rate-limited' })
    expect(facts).not.toHaveProperty('stun')
  })

  it('asks the tracker’s own STUN server by the name that the page has of it', async () => {
    const checked = new Checked()
    const asked: string[] = []
    const { gather } = checked.ports
    checked.ports.gather = (configuration, withinMs) => {
      asked.push(...configuration.iceServers.flatMap(({ urls }) => urls))
      return gather(configuration, withinMs)
    }
    const { tracker } = checked.world
    const { answer } = tracker
    tracker.iceServers = []
    tracker.answer = async (...question) => ({
      ...((await answer.apply(tracker, question)) as object),
      stunPort: 3_999,
    })
    await checked.run()
    expect(asked).toEqual(['stun:drop.example.org:3999'])
  })

  it('tells a relay that refuses from one that is silent, and one that carries nothing', async () => {
    const checked = new Checked()
    checked.gathered.turn = { errorCodes: [701, 401] }
    expect((await checked.run()).facts.turn).toEqual({ named: true, addresses: [], refusedWith: 401 })
    checked.gathered.turn = 'silent'
    expect((await checked.run()).facts.turn).toEqual({ named: true, addresses: [], refusedWith: undefined })
    checked.gathered.turn = { relayed: ['192.0.2.1'] }
    checked.relayed.isBlocked = true
    expect((await checked.run()).facts.turn).toMatchObject({ loop: { carried: false, opened: false } })
  })

  it('tells STUN’s silence from an address that no router changes', async () => {
    const checked = new Checked()
    checked.gathered.stun = 'silent'
    expect((await checked.run()).facts.stun).toEqual({ named: true, addresses: [], answered: false })
    checked.gathered.stun = { errorCodes: [701] }
    expect((await checked.run()).facts.stun).toMatchObject({ answered: false })
    checked.gathered.stun = {}
    expect((await checked.run()).facts.stun).toMatchObject({ answered: true })
  })

  it('counts no link as one that carries when bytes change on the way', async () => {
    const checked = new Checked()
    checked.world.links.tamper = (frame) => frame.map((byte) => byte ^ 1)
    // Two changes would undo each other.
    let frames = 0
    const { tamper } = checked.world.links
    checked.world.links.tamper = (frame, from) => (++frames === 1 ? tamper?.(frame, from) : frame)
    expect((await checked.run()).facts.direct).toEqual({ carried: false, opened: true })
  })

  it('sends bytes through the server’s own relay where there is one', async () => {
    const checked = new Checked()
    const { server } = checked.world.tracker
    server.isOn = true
    expect((await checked.run()).facts.server).toMatchObject({ relays: true, loop: { carried: true } })
    expect(server.carried.length).toBeGreaterThan(1)
    expect([server.size, checked.world.tracker.lines.size]).toEqual([0, 0])
    server.tamper = () => []
    expect((await checked.run()).facts.server).toEqual({ relays: true, loop: { carried: false, opened: true } })
    expect([server.size, checked.world.tracker.lines.size]).toEqual([0, 0])
  })

  it('opens nothing where WebRTC is missing or refused', async () => {
    for (const webRtc of ['missing', 'refused'] as const) {
      const checked = new Checked({ webRtc: () => webRtc })
      const { facts } = await checked.run()
      expect(Object.keys(facts).sort()).toEqual(['clock', 'relayOnly', 'server', 'storage', 'tracker', 'webRtc'])
      expect(checked.world.links.opened + checked.relayed.opened).toBe(0)
    }
  })

  it('goes on where a probe fails, and says which', async () => {
    const checked = new Checked({ storage: () => Promise.reject(new Error('Storage is not here.')) })
    const { facts, broken } = await checked.run()
    expect(broken).toEqual({ storage: 'Storage is not here.' })
    expect(facts.turn).toMatchObject({ loop: { carried: true } })
  })

  it('is done within 10 s, whatever is silent', async () => {
    const never = () => new Promise<never>(() => {})
    const silent = { storage: never, askWeb: never, pollingStatus: never }
    const checked = new Checked(silent)
    checked.gathered = { own: 'silent', stun: 'silent', turn: 'silent' }
    checked.world.links.isBlocked = true
    checked.blocked.add('websocket')
    expect((await checked.run()).tookMs).toBeLessThanOrEqual(10_000)
    // A line that hangs fails late, and a relay that gives an address then carries nothing.
    checked.gathered.turn = { relayed: ['192.0.2.1'] }
    checked.relayed.isBlocked = true
    checked.world.tracker.isDown = true
    expect((await checked.run()).tookMs).toBeLessThanOrEqual(10_000)
    checked.world.tracker.isDown = false
    checked.world.tracker.hangs = true
    const hung = await checked.run()
    expect(hung.tookMs).toBeLessThanOrEqual(10_000)
    expect(hung.facts.tracker).toMatchObject({ refused: 'no-answer' })
    expect(hung.broken).toMatchObject({ storage: 'It took too long.' })
  })

  it('begins again when it is asked again, and hears nothing of the run before', async () => {
    const checked = new Checked()
    checked.gathered.own = 'silent'
    void checked.check.start()
    await checked.world.time.run(1_000)
    checked.gathered.own = { host: ['192.168.1.5'] }
    const { facts, tookMs } = await checked.run()
    expect(facts.own).toEqual({ addresses: ['192.168.1.5'], hidden: 0 })
    expect(tookMs).toBeLessThan(1_000)
    await checked.world.time.run(10_000)
    expect(checked.check.getSnapshot().facts.own).toEqual({ addresses: ['192.168.1.5'], hidden: 0 })
  })

  it('says nothing once it is closed', async () => {
    const checked = new Checked()
    void checked.check.start()
    await checked.world.time.run(5)
    checked.check.close()
    let told = 0
    checked.check.subscribe(() => told++)
    await checked.world.time.run(20_000)
    expect([told, checked.check.getSnapshot().phase]).toEqual([0, 'running'])
    expect(checked.world.tracker.lines.size).toBe(0)
  })
})
