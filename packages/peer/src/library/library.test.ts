// What is kept from one visit to the next, on a device of the test's own.
import { formatLinkId, StoreError } from '@swarmdrop/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type TestShare, testShare } from '../testing/test-share'
import { VirtualDisk } from '../testing/virtual-disk'
import { VirtualTime } from '../testing/virtual-time'
import type { KeptTransfer } from './kept-transfer'
import { Library } from './library'
import { KEPT_DAYS } from './retention'

let share: TestShare
let others: TestShare[]
beforeAll(async () => {
  share = await testShare({ chunks: 6 })
  others = await Promise.all([11, 12, 13].map((seed) => testShare({ chunks: 3, seed })))
})

function device() {
  const time = new VirtualTime()
  const disk = new VirtualDisk(time)
  return { time, disk, library: disk.library() }
}

const chunkOf = ({ bytes, content }: TestShare, chunk: number) =>
  bytes.slice(chunk * content.layout.chunkBytes, (chunk + 1) * content.layout.chunkBytes)

/** Fetches these chunks into a fresh place, and closes it as a page that goes does. */
async function visit(library: ReturnType<VirtualDisk['library']>, of: TestShare, chunks: readonly number[]) {
  const opened = await library.keep(of.content, () => {})
  for (const [page, bytes] of of.pages.entries()) opened.log?.page(page, bytes)
  for (const chunk of chunks) {
    const page = of.pages[0] ?? new Uint8Array()
    await opened.store.write(chunk, [chunkOf(of, chunk)], page.slice(chunk * 32, (chunk + 1) * 32))
  }
  return {
    ...opened,
    leave: async () => {
      opened.log?.close()
      await opened.store.close()
    },
  }
}

describe('the next visit', () => {
  it('finds what is proved of a link, and nothing of another', async () => {
    const { library } = device()
    await (await visit(library, share, [0, 2, 5])).leave()
    const reopened = await library.reopen(share.content.id, () => {})
    expect([...(reopened?.held.indices() ?? [])]).toEqual([0, 2, 5])
    expect(reopened).toMatchObject({ stage: 'fetching', saved: false })
    expect(reopened?.content.manifestBytes).toEqual(share.content.manifestBytes)
    expect(await library.reopen(others[0]?.content.id ?? share.content.id, () => {})).toBeUndefined()
  })

  it('says how far it is with proving', async () => {
    const { library } = device()
    await (await visit(library, share, [0])).leave()
    const heard: string[] = []
    await library.reopen(share.content.id, (done, total) => heard.push(`${done} of ${total}`))
    expect(heard).toEqual(['6 of 6'])
  })

  it('finds nothing while another has it open, nor once the manifest is torn, and deletes nothing for that', async () => {
    const { disk, library } = device()
    const first = await visit(library, share, [0])
    expect(await library.reopen(share.content.id, () => {})).toBeUndefined()
    await first.leave()
    disk.bytes.set(`manifest ${formatLinkId(share.content.id)}`, Uint8Array.of(1, 2, 3))
    expect(await library.reopen(share.content.id, () => {})).toBeUndefined()
    expect([disk.claimed.size, disk.contents.size]).toEqual([0, 1])
  })

  it('finds nothing where the place cannot be opened now, and can later', async () => {
    const { disk, library } = device()
    await (await visit(library, share, [0, 1])).leave()
    disk.refuse = new Error('The disk is away.')
    expect(await library.reopen(share.content.id, () => {})).toBeUndefined()
    expect(disk.claimed.size).toBe(0)
    disk.refuse = undefined
    expect((await library.reopen(share.content.id, () => {}))?.held.count).toBe(2)
  })

  it('takes up what another visitor has left since it looked', async () => {
    const { library } = device()
    await (await visit(library, share, [1, 3])).leave()
    const opened = await library.keep(share.content, () => {})
    expect([opened.keeping, [...(opened.held?.indices() ?? [])]]).toEqual(['kept', [1, 3]])
  })
})

describe('a place for a new content', () => {
  it('is asked for ahead as soon as there is room, written down before it takes space, and meant to last', async () => {
    const { disk } = device()
    let known: number | undefined
    let written: string[] = []
    const open: typeof disk.shelf.open = (...place) => {
      written = [...disk.transfers.keys(), ...disk.bytes.keys()].map((key) => key.split(' ')[0] ?? '')
      return disk.shelf.open(...place)
    }
    const library = new Library({ ...disk.libraryPorts(), shelves: () => [{ ...disk.shelf, open }] })
    const opened = await library.keep(share.content, () => {
      known = disk.contents.size
    })
    expect([known, opened.keeping, disk.persists]).toEqual([0, 'kept', 1])
    expect(written).toEqual(['receiver', 'manifest'])
    expect(await library.all()).toMatchObject([{ role: 'receiver', name: 'a.bin', stage: 'fetching' }])
  })

  it('costs nobody what lies there without a record while somebody has it', async () => {
    const { disk, library } = device()
    for (const id of ['open', 'left behind']) disk.contents.set(id, new Map())
    const release = await disk.libraryPorts().claim('open')
    await library.all()
    expect([...disk.contents.keys()]).toEqual(['open'])
    release?.()
    await library.all()
    expect([...disk.contents.keys()]).toEqual([])
  })

  it('is a temporary one alongside another visitor’s', async () => {
    const { disk, library } = device()
    await visit(library, share, [0])
    const second = await library.keep(share.content, () => {})
    expect([second.keeping, second.log]).toEqual(['beside-another-tab', undefined])
    await second.store.remove()
    expect(disk.contents.size).toBe(1)
  })

  it('goes with the visit where this device keeps nothing, or refuses to', async () => {
    const { disk, library } = device()
    const forgetful = new Library({ ...disk.libraryPorts(), table: async () => undefined })
    expect((await forgetful.keep(share.content, () => {})).keeping).toBe('while-open')
    disk.refuse = new Error('Not in a private window.')
    expect((await library.keep(share.content, () => {})).keeping).toBe('while-open')
    const denied = Object.assign(new Error('The request was denied.'), { name: 'SecurityError' })
    disk.refuse = denied
    expect(await library.keep(share.content, () => {})).toMatchObject({ keeping: 'while-open', why: 'refused' })
    const blocked = new Library({ ...disk.libraryPorts(), table: () => Promise.reject(denied) })
    expect([await blocked.reopen(share.content.id, () => {}), blocked.trouble]).toEqual([undefined, 'refused'])
    expect(await blocked.keep(share.content, () => {})).toMatchObject({ keeping: 'while-open', why: 'refused' })
    expect(await blocked.all()).toEqual([])
    expect([disk.claimed.size, disk.transfers.size]).toEqual([0, 0])
  })

  it('is on the next shelf where the first does not open, and only this visitor’s still', async () => {
    const { disk } = device()
    const ports = disk.libraryPorts()
    const broken = {
      ...disk.shelf,
      open: async (...[_id, layout, runs, release]: Parameters<typeof disk.shelf.open>) => {
        // It opens, and what it holds cannot be read.
        const store = await disk.shelf.open('elsewhere', layout, runs, release)
        return Object.assign(store, { recover: () => Promise.reject(new Error('torn')) })
      },
    }
    const library = new Library({ ...ports, shelves: () => [broken, { ...disk.shelf, place: 'database' }] })
    const opened = await library.keep(share.content, () => {})
    expect([opened.keeping, (await library.all())[0]]).toEqual(['kept', expect.objectContaining({ place: 'database' })])
    expect([...disk.claimed.keys()]).toEqual([formatLinkId(share.content.id)])
  })

  it('is refused for want of space, and nothing stays behind', async () => {
    const { disk, library } = device()
    disk.room = 0
    await expect(library.keep(share.content, () => {})).rejects.toMatchObject({ code: 'no-space' })
    expect([disk.claimed.size, disk.transfers.size, disk.contents.size]).toEqual([0, 0, 0])
  })

  /** A device that holds two contents. */
  function narrowDevice() {
    const { disk, time } = device()
    const space = {
      missingBytes: async () => Math.max(0, disk.contents.size - 2) * 40_000,
      problem: async () => (disk.contents.size > 2 ? new StoreError('no-space', 'full') : undefined),
    }
    return { disk, time, library: new Library({ ...disk.libraryPorts(), space }) }
  }

  it('makes room for itself of what was handed to the browser only by the person’s word, and of no more than that', async () => {
    const { disk, time, library } = narrowDevice()
    for (const other of others) {
      const kept = await visit(library, other, [0, 1, 2])
      kept.log?.note({ stage: 'complete', handedOver: true })
      await kept.leave()
      await time.run(1_000)
    }
    const ids = others.map(({ content }) => formatLinkId(content.id))
    await expect(library.keep(share.content, () => {})).rejects.toMatchObject({ code: 'no-space' })
    expect([...disk.contents.keys()]).toEqual(ids)
    const couldGo = await library.couldGo(40_000)
    expect(couldGo.map(({ id }) => id)).toEqual([ids[0]])
    for (const transfer of couldGo) await library.delete(transfer)
    expect((await library.keep(share.content, () => {})).keeping).toBe('kept')
    expect([...disk.contents.keys()]).toEqual([ids[1], ids[2], formatLinkId(share.content.id)])
  })

  it('makes room for itself of what is saved already, the longest unopened first, and of nothing else', async () => {
    const { disk, time, library } = narrowDevice()
    for (const [i, other] of others.entries()) {
      const kept = await visit(library, other, [0, 1, 2])
      // The last one is not saved anywhere else.
      kept.log?.note({ stage: 'complete', saved: i < 2 })
      await kept.leave()
      await time.run(86_400_000)
    }
    const names = () => [...disk.contents.keys()]
    expect(names()).toHaveLength(3)
    await library.keep(share.content, () => {})
    expect(names()).toEqual(
      [others[1], others[2], share].map((one) => formatLinkId(one?.content.id ?? new Uint8Array())),
    )
  })
})

describe('the list', () => {
  it('has the latest first, those that were shared too, and loses what is too old', async () => {
    const { disk, library, time } = device()
    await (await visit(library, share, [0])).leave()
    await time.run(1_000)
    await library.rememberShared({ id: 'S'.repeat(43), name: 's.bin', bytes: 5, lone: true, handles: [] })
    expect((await library.all()).map(({ role }) => role)).toEqual(['sender', 'receiver'])
    await time.run((KEPT_DAYS + 1) * 86_400_000)
    expect(await library.all()).toEqual([])
    expect(disk.contents.size).toBe(0)
  })

  it('loses nothing to a clock that was years off and is set right between two visits, whichever way', async () => {
    const { disk, library, time } = device()
    const shift = (transfer: KeptTransfer, years: number) =>
      disk.transfers.set(`receiver ${transfer.id}`, {
        ...transfer,
        openedAtMs: transfer.openedAtMs + years * 365 * 86_400_000,
      })
    for (const [i, years] of [-9, +9].entries()) {
      await (await visit(library, others[i] ?? share, [0, 1])).leave()
      const [transfer] = (await library.all()) as [KeptTransfer]
      shift(transfer, years)
      expect(await library.all(), `${years} years off`).toHaveLength(i + 1)
    }
    expect(disk.contents.size).toBe(2)
    // From now on they are as old as that: not older, and not for ever young.
    await time.run((KEPT_DAYS - 1) * 86_400_000)
    expect(await library.all()).toHaveLength(2)
    await time.run(2 * 86_400_000)
    expect(await library.all()).toEqual([])
  })

  it('leaves out what cannot be read, and sweeps what lies on the disk without a record', async () => {
    const { disk, library } = device()
    disk.transfers.set('receiver broken', { id: 7 })
    disk.contents.set('forgotten', new Map())
    expect(await library.all()).toEqual([])
    expect(disk.contents.size).toBe(0)
  })

  it('is empty where nothing is kept, and where the table breaks', async () => {
    const { disk } = device()
    const broken = { ...disk.table, all: () => Promise.reject(new Error('closed')) }
    expect(await new Library({ ...disk.libraryPorts(), table: async () => broken }).all()).toEqual([])
    expect(await new Library({ ...disk.libraryPorts(), table: async () => undefined }).all()).toEqual([])
  })

  it('deletes what nobody has open, and says so of what somebody has', async () => {
    const { disk, library } = device()
    const kept = await visit(library, share, [0])
    const [transfer] = (await library.all()) as [KeptTransfer]
    await expect(library.delete(transfer)).rejects.toThrow('“a.bin” is open in another tab.')
    await kept.leave()
    await library.delete(transfer)
    expect([disk.contents.size, disk.transfers.size, disk.bytes.size, disk.claimed.size]).toEqual([0, 0, 0, 0])
  })
})

describe('the log of a transfer', () => {
  it('writes a change of stage at once, and how far it is once a second', async () => {
    const { disk, library, time } = device()
    const { log } = await visit(library, share, [])
    const noted = () => [...disk.transfers.values()][0] as { stage: string; heldBytes: number }
    for (let bytes = 1; bytes <= 25; bytes++) {
      log?.note({ heldBytes: bytes })
      await time.run(100)
    }
    expect(noted().heldBytes).toBeGreaterThan(10)
    expect(noted().heldBytes).toBeLessThan(25)
    log?.note({ stage: 'paused' })
    await time.run(0)
    expect(noted()).toMatchObject({ stage: 'paused', heldBytes: 25 })
    log?.note({ heldBytes: 40 })
    log?.close()
    await time.run(0)
    expect(noted().heldBytes).toBe(40)
    log?.note({ heldBytes: 50, stage: 'complete' })
    await time.run(5_000)
    expect(noted()).toMatchObject({ stage: 'paused', heldBytes: 40 })
  })
})
