// What people rarely mean to share is asked about before anything is read.
import { describe, expect, it, vi } from 'vitest'
import { gatheringOf, picked } from './testing/gatherings'

vi.stubGlobal('navigator', { hardwareConcurrency: 2 })

describe('what people rarely mean to share', () => {
  const project = () => picked('p/a.txt', 'p/.env', 'p/.git/HEAD', 'p/.git/config')

  it('is asked about before anything is read', async () => {
    const { gathering, at } = gatheringOf(async () => {
      throw new Error('It is being read.')
    })
    gathering.add(project())
    const { unmeant, count, rest } = await at('asking')
    expect(unmeant.map(({ name, files }) => [name, files])).toEqual([
      ['.git', 2],
      ['.env', 1],
    ])
    expect({ count, rest }).toEqual({ count: 4, rest: 1 })
  })

  it('is left out, or shared, as it is answered', async () => {
    const { gathering, at } = gatheringOf()
    gathering.add(project())
    await at('asking')
    gathering.answer('leave-out')
    expect((await at('sharing')).session.paths).toEqual(['p/a.txt'])
    gathering.start(project())
    await at('asking')
    gathering.answer('share-all')
    expect((await at('sharing')).session.paths).toHaveLength(4)
  })

  it('[F2] takes its folders along, or leaves them out with it', async () => {
    const { gathering, at } = gatheringOf()
    const folders = ['p', 'p/empty', 'p/.git', 'p/.git/refs']
    gathering.add({ ...project(), folders })
    await at('asking')
    gathering.answer('leave-out')
    expect((await at('sharing')).session.folders).toEqual(['p', 'p/empty'])
    gathering.start({ ...project(), folders })
    await at('asking')
    gathering.answer('share-all')
    expect((await at('sharing')).session.folders).toEqual(folders)
  })

  it('is not asked about twice', async () => {
    const { gathering, at } = gatheringOf()
    gathering.add(project())
    await at('asking')
    gathering.answer('share-all')
    await at('sharing')
    gathering.add(picked('b.txt'))
    expect((await at('sharing')).session.paths).toHaveLength(5)
    gathering.add(picked('q/.aws/key', 'q/c.txt'))
    expect((await at('asking')).unmeant.map(({ name }) => name)).toEqual(['.aws'])
    gathering.answer('leave-out')
    const { session } = await at('sharing')
    expect(session.paths).toContain('p/.env')
    expect(session.paths).not.toContain('q/.aws/key')
  })

  it('[F6] waits for more meanwhile, and is asked about together', async () => {
    const { gathering, at, until } = gatheringOf()
    gathering.add(project())
    await at('asking')
    gathering.add(picked('q/.DS_Store', 'q/b.txt'))
    await until((now) => now.step === 'asking' && now.count === 6)
    gathering.answer('leave-out')
    expect((await at('sharing')).session.paths).toEqual(['p/a.txt', 'q/b.txt'])
  })

  it('where there is nothing else, leaves nothing', async () => {
    const { gathering, at } = gatheringOf()
    gathering.add(picked('.env'))
    expect(await at('asking')).toMatchObject({ count: 1, rest: 0 })
    gathering.answer('leave-out')
    await at('choosing')
  })
})
