// Who is dialled next where many attempts fail or are made up, in virtual time.
import { describe, expect, it } from 'vitest'
import { meeting } from '../testing/meeting-links'

/** Somebody without WebRTC who offers again and again, from sockets of its own, as soon as `everyMs`. */
function flood({ world, peers }: ReturnType<typeof meeting>, victim: string, sockets: number, everyMs: number) {
  let offers = 0
  const names = Array.from({ length: sockets }, (_, i) => `x${i}`)
  const offerAll = () => {
    for (const name of names)
      peers.get(victim)?.links.receive(name, {
        attempt: `made up ${++offers}`,
        tab: `tab ${name}`,
        signal: { type: 'offer', sdp: 'nobody' },
      })
  }
  offerAll()
  return { names, stop: world.time.every(everyMs, offerAll) }
}

describe('a flood of made-up offers', () => {
  it.each([
    [65, 15_000],
    [65, 1_000],
    [200, 5_000],
  ])('[SIGNAL-5] from %i sockets every %i ms keeps no two honest ones apart', async (sockets, everyMs) => {
    const hall = meeting()
    const { enter, time } = hall
    const a = enter('a')
    const floods = [flood(hall, 'a', sockets, everyMs), flood(hall, 'b', sockets, everyMs)]
    await time.run(60_000)
    const b = enter('b')
    const names = floods[0]?.names ?? []
    // The tracker names both, among all the others: half of the swarm each time.
    const named = (own: string, i: number) => [...names.filter((_, at) => at % 2 === i % 2), own]
    for (let i = 0; i < 6; i++) {
      a.links.connect(named('b', i))
      b.links.connect(named('a', i))
      await time.run(10_000, () => a.heard.opened.length > 0)
    }
    expect([a.heard.opened, b.heard.opened]).toEqual([['b'], ['a']])
    await time.run(60_000)
    expect([a.heard.closed, b.heard.closed]).toEqual([[], []])
  })

  it('[SIGNAL-5] that has gone on for a minute costs one who comes then no second', async () => {
    const hall = meeting()
    const a = hall.enter('a')
    flood(hall, 'a', 200, 5_000)
    for (let i = 0; i < 5; i++) {
      await hall.time.run(60_000 + i * 1_100)
      hall.enter(`b${i}`).links.connect(['a'])
      await hall.time.run(1_000)
      expect(a.heard.opened).toHaveLength(i + 1)
    }
  })

  it('[SIGNAL-5] has few connections at a time, and is answered no oftener than the tracker bears', async () => {
    const hall = meeting()
    const a = hall.enter('a')
    flood(hall, 'a', 300, 1_000)
    let most = 0
    hall.time.every(100, () => {
      most = Math.max(most, hall.world.links.all.size)
    })
    await hall.time.run(120_000)
    expect(most).toBeLessThanOrEqual(35)
    // An answer to each that is taken up, and a word to some that are not.
    expect(a.signals.length / 120).toBeLessThan(13)
  })

  it('[SIGNAL-5] takes no place from whom we dialled', async () => {
    const hall = meeting()
    const { enter, time, world } = hall
    const [a] = [enter('a'), enter('b')]
    world.links.isBlocked = true
    a.links.connect(['b'])
    flood(hall, 'a', 300, 200)
    await time.run(5_000)
    world.links.isBlocked = false
    // Its answer is on the way as any other; the attempt stands until then.
    expect([...world.links.all.values()].filter(({ owner }) => owner === 'b')).toHaveLength(1)
  })
})

describe('those who are named and do not answer', () => {
  it.each(['gone', 'not to be reached'])(
    '[SIGNAL-6] hold nobody up: where thirty are named and the first twenty-five are %s, the others are there within four seconds',
    async (how) => {
      const { enter, time, world } = meeting()
      const a = enter('a')
      const dead = Array.from({ length: 25 }, (_, i) => `dead${i}`)
      const alive = ['v', 'w', 'x', 'y', 'z']
      for (const id of how === 'gone' ? alive : [...dead, ...alive]) enter(id)
      for (const id of dead) world.links.blocked.add(id)
      a.links.connect([...dead, ...alive])
      await time.run(4_000)
      expect(a.heard.opened).toEqual(alive)
      // Not at the price of more handshakes at once than before.
      expect(a.signals).toHaveLength(30)
    },
  )

  it.each([
    ['gone', 15_000],
    ['not to be reached', 25_000],
  ])(
    '[SIGNAL-6] make way for those who were not tried where too many wait: of a hundred who are %s, one is found',
    async (how, ms) => {
      const { enter, time, world } = meeting()
      const a = enter('a')
      const dead = Array.from({ length: 100 }, (_, i) => `dead${i}`)
      for (const id of how === 'gone' ? ['z'] : [...dead, 'z']) enter(id)
      for (const id of dead) world.links.blocked.add(id)
      a.links.connect([...dead, 'z'])
      let most = 0
      time.every(100, () => {
        most = Math.max(most, world.links.ofOwner('a').length)
      })
      await time.run(60_000, () => a.heard.opened.length > 0)
      expect(a.heard.opened).toEqual(['z'])
      expect(time.now()).toBeLessThan(ms)
      expect(most).toBeLessThanOrEqual(36)
      const failed = new Set(a.links.unreached().values())
      expect(failed.has('no-answer')).toBe(how === 'gone')
      expect(failed.has('timed-out')).toBe(how !== 'gone')
    },
  )

  it('[SIGNAL-6] are dialled last the next time, the one who failed last after all others', async () => {
    const { enter, time } = meeting()
    const a = enter('a')
    const [lately, before] = [
      ['p', 'q'],
      ['r', 's'],
    ]
    a.links.connect(before)
    await time.run(30_000)
    a.links.connect(lately)
    await time.run(30_000)
    a.signals.length = 0
    a.links.connect([...lately, ...before, 'new'])
    await time.run(10)
    expect(a.signals.map(({ to }) => to)).toEqual(['new', ...before, ...lately])
  })

  it('[SIGNAL-6] are left alone for a while, unless our own network is another', async () => {
    const { enter, time } = meeting()
    const a = enter('a')
    const said = async (afterMs: number) => {
      await time.run(afterMs)
      a.signals.length = 0
      a.links.connect(['gone', 'too'])
      await time.run(10)
      return a.signals.map(({ to }) => to)
    }
    expect(await said(0)).toEqual(['gone', 'too'])
    // Given up after 10 s.
    expect(await said(12_000)).toEqual([])
    expect(await said(12_000)).toEqual(['gone', 'too'])
    await time.run(12_000)
    a.links.tryAgain()
    expect(await said(0)).toEqual(['gone', 'too'])
    a.links.hangUp()
    expect(await said(10)).toEqual(['gone', 'too'])
  })

  it('[SIGNAL-6] are asked again where they were full', async () => {
    const { enter, time, world } = meeting()
    const [a, , c] = [enter('a', 'a', 1), enter('b'), enter('c')]
    a.links.connect(['b'])
    await time.run(1_000)
    c.links.connect(['a'])
    await time.run(2_000)
    expect(c.heard.opened).toEqual([])
    world.links.cut('b')
    await time.run(11_000)
    expect(c.heard.opened).toEqual(['a'])
  })
})
