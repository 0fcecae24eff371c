// Who connects to whom, in virtual time: signals pass from one to the other as they are, without a tracker or a seal.
import { describe, expect, it } from 'vitest'
import { meeting } from '../testing/meeting-links'
import { CONNECT_WITHIN_MS } from './attempt'

describe('two offers at once', () => {
  it('become one link: that of the lesser id', async () => {
    const { enter, time, world } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b'])
    b.links.connect(['a'])
    await time.run(5_000)
    expect([a.heard.opened, b.heard.opened]).toEqual([['b'], ['a']])
    expect([world.links.countOf('a'), world.links.countOf('b'), world.links.all.size]).toEqual([1, 1, 2])
    // a refused b's offer and b answered a's.
    expect(b.signals.map(({ type }) => type)).toEqual(['offer', 'answer'])
    a.links.send('b', Uint8Array.of(1, 2))
    await time.run(100)
    expect(b.heard.frames).toEqual(['a 1,2'])
  })

  it('become one link in whatever order they come, many at once', async () => {
    const { enter, time, world } = meeting()
    const ids = ['e', 'c', 'a', 'd', 'b']
    const all = ids.map((id) => enter(id))
    for (const [i, { links }] of all.entries())
      time.after(i * 7, () => links.connect(ids.filter((_, other) => other !== i)))
    await time.run(5_000)
    for (const [i, { heard }] of all.entries()) {
      expect(new Set(heard.opened), ids[i]).toEqual(new Set(ids.filter((_, other) => other !== i)))
      expect(heard.closed).toEqual([])
    }
    expect(world.links.all.size).toBe(20)
  })
})

describe('a tab', () => {
  it('that is connected under one id is not connected to under another', async () => {
    const { enter, rename, time, world } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b'])
    await time.run(1_000)
    rename('a', 'a2')
    rename('b', 'b2')
    b.links.connect(['a2'])
    a.links.connect(['b2'])
    await time.run(1_000)
    expect([world.links.countOf('a'), world.links.countOf('b')]).toEqual([1, 1])
    expect([a, b].flatMap(({ heard }) => heard.closed)).toEqual([])
    a.links.send('b', Uint8Array.of(7))
    await time.run(100)
    expect(b.heard.frames).toEqual(['a 7'])
  })

  it('does not connect to itself, nor by an id that it had before', async () => {
    const { enter, alias, time, world } = meeting()
    const a = enter('a')
    a.links.connect(['a'])
    await time.run(1_000)
    expect([a.signals, world.links.all.size]).toEqual([[], 0])
    alias('a', 'former')
    a.links.connect(['former'])
    await time.run(CONNECT_WITHIN_MS + 1_000)
    expect([a.signals.map(({ type }) => type), a.heard.opened]).toEqual([['offer', 'end'], []])
  })
})

describe('a link', () => {
  it('that does not open in time is ended, once, and nobody hears of it', async () => {
    const { enter, time, world } = meeting()
    world.links.isBlocked = true
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b'])
    await time.run(CONNECT_WITHIN_MS - 100)
    expect(world.links.all.size).toBe(2)
    await time.run(200)
    expect(world.links.all.size).toBe(0)
    expect([a.heard, b.heard].flatMap(({ opened, closed }) => [...opened, ...closed])).toEqual([])
    world.links.isBlocked = false
    b.links.connect(['a'])
    await time.run(1_000)
    expect(a.heard.opened).toEqual(['b'])
  })

  it('is lost by nobody’s wish, or dropped by ours', async () => {
    const { enter, time, world } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b'])
    await time.run(1_000)
    world.links.cut('b')
    await time.run(1_000)
    expect(a.heard.closed).toEqual([{ peer: 'b', lost: true }])
    b.links.connect(['a'])
    await time.run(1_000)
    a.links.drop('b', 'enough', false)
    await time.run(1_000)
    expect(a.heard.closed.at(-1)).toEqual({ peer: 'b', lost: false })
    expect(b.heard.closed.at(-1)).toEqual({ peer: 'a', lost: true })
  })

  it('of one who is banned is not made again, under whatever id it comes', async () => {
    const { enter, rename, time } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    b.links.connect(['a'])
    await time.run(1_000)
    a.links.drop('b', 'a wrong chunk', true)
    await time.run(1_000)
    const before = a.signals.length
    a.links.connect(['b'])
    await time.run(1_000)
    expect(a.signals.length).toBe(before)
    b.links.connect(['a'])
    await time.run(1_000)
    expect(a.heard.opened).toEqual(['b'])
    // The same tab under a new id is known by its tab, and not even answered.
    // What b had begun meanwhile is given up first.
    await time.run(CONNECT_WITHIN_MS + 1_000)
    const said = a.signals.length
    rename('b', 'b2')
    b.links.connect(['a'])
    await time.run(1_000)
    expect([a.heard.opened, a.signals.length]).toEqual([['b'], said])
  })

  it('is refused to more than fit, and those who were refused are not asked again for some seconds', async () => {
    const { enter, time, world } = meeting()
    const [a, , c] = [enter('a', 'a', 1), enter('b'), enter('c')]
    a.links.connect(['b'])
    await time.run(1_000)
    c.links.connect(['a'])
    await time.run(1_000)
    expect([c.heard.opened, c.signals.length]).toEqual([[], 1])
    c.links.connect(['a'])
    await time.run(1_000)
    expect(c.signals.length).toBe(1)
    c.links.connect(['b'])
    await time.run(1_000)
    world.links.cut('b')
    await time.run(1_000)
    c.links.connect(['a'])
    await time.run(10_000)
    expect(c.heard.opened).toEqual(['b', 'a'])
  })

  it('says nothing after all were closed', async () => {
    const { enter, time, world } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b', 'c'])
    await time.run(1_000)
    const c = enter('c')
    a.links.connect(['b', 'c'])
    await time.run(15)
    b.links.send('a', Uint8Array.of(1))
    a.links.close()
    await time.run(60_000)
    expect(a.heard).toEqual({ opened: ['b'], closed: [{ peer: 'b', lost: false }], frames: [] })
    expect([world.links.all.size, c.heard.opened]).toEqual([0, []])
  })

  it('waits its turn where many are to be made: twelve at once', async () => {
    const { enter, time, world } = meeting()
    const a = enter('a')
    const others = Array.from({ length: 30 }, (_, i) => `b${i}`)
    for (const id of others) enter(id)
    a.links.connect(others)
    await time.run(0)
    expect(a.signals).toHaveLength(12)
    await time.run(10_000)
    expect(world.links.countOf('a')).toBe(30)
  })

  it('has a relay where one of the servers is one', () => {
    const a = meeting().enter('a')
    a.links.iceServers = [{ urls: ['stun:relay.test'] }]
    expect(a.links.hasRelay).toBe(false)
    a.links.iceServers = [{ urls: ['stun:relay.test', 'turns:relay.test'] }]
    expect(a.links.hasRelay).toBe(true)
  })
})
