// A share is put together of real files, really hashed; only the swarm is not there.
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContentError } from '@swarmdrop/core'
import { describe, expect, it, vi } from 'vitest'
import { joined } from '../adapters/files/joined'
import { type Picked, pickedFromInput, type Search } from '../adapters/files/picking'
import { pickedFromNote } from './note'
import { gatheringOf, heldBack, opening, picked, settled, share } from './testing/gatherings'

vi.stubGlobal('navigator', { hardwareConcurrency: 2 })

describe('a share that is put together', () => {
  it('goes on to its link without a question', async () => {
    const { gathering, steps, at } = gatheringOf()
    gathering.add(picked('trip/a.txt', 'trip/b.txt'))
    const { session, leftOut, chosen, isOtherLink } = await at('sharing')
    expect(session.paths).toEqual(['trip/a.txt', 'trip/b.txt'])
    expect({ leftOut, chosen, isOtherLink }).toEqual({ leftOut: [], chosen: 2, isOtherLink: false })
    expect(new Set(steps)).toEqual(new Set(['hashing', 'sharing']))
  })

  it('[F6] takes in what comes while it is read, and has one link for all of it', async () => {
    const { slow, calls } = heldBack()
    const { gathering, at } = gatheringOf(slow)
    gathering.add(picked('trip/a.txt'))
    await settled()
    expect(calls).toHaveLength(1)
    gathering.add(pickedFromNote('the way there'))
    await settled()
    expect(calls).toHaveLength(2)
    expect(calls[0]?.signal.aborted).toBe(true)
    for (const { go } of calls) go()
    const { session } = await at('sharing')
    expect(session.paths).toEqual(['note.txt', 'trip/a.txt'])
  })

  it('[F6] waits for all that is being opened', async () => {
    const { slow, calls } = heldBack()
    const { gathering } = gatheringOf(slow)
    const [one, two] = [opening(), opening()]
    gathering.add(one.picking)
    gathering.add(two.picking)
    two.done(picked('two'))
    await settled()
    expect(gathering.getSnapshot().step).toBe('hashing')
    expect(calls).toEqual([])
    one.done(picked('one'))
    await settled()
    expect(calls.map(({ paths }) => paths)).toEqual([['two', 'one']])
  })

  it('[F6] makes a new link of what is shared and of what is added, and the old one ends', async () => {
    const { gathering, at } = gatheringOf()
    gathering.add(pickedFromInput([new File(['1'], 'image.png', { lastModified: 1 })]))
    const { session: first } = await at('sharing')
    gathering.add(pickedFromInput([new File(['2'], 'image.png', { lastModified: 2 })]))
    expect(first.isClosed).toBe(true)
    const { session, isOtherLink } = await at('sharing')
    expect(session.paths).toEqual(['image (2).png', 'image.png'])
    expect(isOtherLink).toBe(false)
  })

  it('of one thing alone, ends what was', async () => {
    const { gathering, at } = gatheringOf()
    gathering.add(picked('a'))
    const { session: first } = await at('sharing')
    gathering.start(picked('b'))
    expect((await at('sharing')).session.paths).toEqual(['b'])
    expect(first.isClosed).toBe(true)
  })

  it('goes on without what cannot be added, and says why', async () => {
    const { gathering, at } = gatheringOf()
    const lost = opening()
    gathering.add(picked('a'))
    gathering.add(lost.picking)
    lost.failed(new Error('“b” is not where it was.'))
    const { session, problem } = await at('sharing')
    expect(session.paths).toEqual(['a'])
    expect(problem).toBe('“b” is not where it was.')
  })

  it('that is shared again says whether its link is another now', async () => {
    const { gathering, at } = gatheringOf()
    gathering.start(picked('a'))
    const id = (await at('sharing')).session.link.slice(-43)
    gathering.start(picked('a'), id)
    expect((await at('sharing')).isOtherLink).toBe(false)
    gathering.start(picked('b'), id)
    expect((await at('sharing')).isOtherLink).toBe(true)
    gathering.start(picked('a'), id)
    gathering.add(picked('b'))
    expect((await at('sharing')).isOtherLink).toBe(false)
  })

  it('that had a password says so where its link is another, which has none', async () => {
    const locked = new Set<string>()
    const { gathering, at } = gatheringOf(share, (id) => locked.has(id))
    gathering.add(picked('a'))
    const { session, wasProtected } = await at('sharing')
    const id = session.link.slice(-43)
    expect(wasProtected).toBe(false)
    locked.add(id)
    gathering.add(picked('b'))
    expect((await at('sharing')).wasProtected).toBe(true)
    gathering.start(picked('c'))
    expect((await at('sharing')).wasProtected).toBe(false)
    gathering.start(picked('changed'), id)
    expect(await at('sharing')).toMatchObject({ wasProtected: true, isOtherLink: true })
  })

  it('that is cancelled is gone, and nothing that comes late brings it back', async () => {
    const { slow, calls } = heldBack()
    const { gathering, steps } = gatheringOf(slow)
    const late = opening()
    gathering.add(picked('a'))
    await settled()
    expect(calls).toHaveLength(1)
    gathering.cancel()
    gathering.add(late.picking)
    gathering.cancel()
    late.done(picked('b'))
    calls[0]?.go()
    await settled()
    expect(gathering.getSnapshot()).toEqual({ step: 'choosing' })
    expect(steps).not.toContain('sharing')
  })

  it('says what is wrong where nothing was chosen, opened or found', async () => {
    const { gathering, at } = gatheringOf()
    gathering.add(picked())
    expect((await at('choosing')).problem).toMatch(/no file in what you chose/)
    gathering.add({ ...picked(), leftOut: [{ path: 'x', why: 'denied', folder: true }] })
    expect((await at('choosing')).problem).toMatch(/could be opened/)
  })
})

describe('[F4] what is looked through', () => {
  it('is told how far it is, and stops when it is cancelled', async () => {
    const { gathering, at, until } = gatheringOf()
    let search: Parameters<Search>[0] | undefined
    let found: (picked: Picked) => void = () => {}
    gathering.add((how) => {
      search = how
      return new Promise((resolve) => (found = resolve))
    })
    await settled()
    search?.onProgress({ found: 12_000, opened: 0 })
    expect((await at('hashing')).progress).toEqual({ found: 12_000, opened: 0 })
    gathering.cancel()
    expect(search?.signal.aborted).toBe(true)
    search?.onProgress({ found: 13_000, opened: 0 })
    found(picked('late'))
    await settled()
    await until((now) => now.step === 'choosing')
  })

  it('is not refused for names that may yet be left out', async () => {
    const { gathering } = gatheringOf()
    let counts: ((path: string) => boolean) | undefined
    gathering.add(async (how) => {
      counts = how.counts
      return picked('p/a.txt')
    })
    await settled()
    expect(['p/node_modules/x/index.js', 'p/.git/HEAD', 'p/a.txt'].map((path) => counts?.(path))).toEqual([
      false,
      false,
      true,
    ])
  })

  it('is refused in words for the person', async () => {
    const { gathering, at } = gatheringOf()
    gathering.add(() => Promise.reject(new ContentError('There are too many files for one link.')))
    expect((await at('choosing')).problem).toBe('There are too many files for one link.')
  })
})

describe('[F1] what cannot be shared', () => {
  it('is left out and told, once, whether it could not be opened or not be read', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
    await writeFile(join(directory, 'gone.txt'), 'here for a moment')
    const gone = new File([await openAsBlob(join(directory, 'gone.txt'))], 'gone.txt')
    await rm(directory, { recursive: true })

    const { gathering, at } = gatheringOf()
    const locked = { path: 'trip/private', why: 'denied' as const, folder: true }
    gathering.add({
      ...joined(picked('trip/a.txt'), { ...picked(), files: [{ file: gone, path: 'gone.txt' }] }),
      leftOut: [locked],
    })
    const { session, leftOut, chosen } = await at('sharing')
    expect(session.paths).toEqual(['trip/a.txt'])
    expect(leftOut).toEqual([locked, { path: 'gone.txt', why: 'unreadable', folder: false }])
    expect(chosen).toBe(3)

    gathering.add(picked('b.txt'))
    expect(await at('sharing')).toMatchObject({ leftOut: [], chosen: 2 })
  })
})
