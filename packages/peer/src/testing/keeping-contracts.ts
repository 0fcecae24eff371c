// What the adapters promise that keep something: texts, records, a run's chunks, and claims. Checks that run anywhere,
// as in port-contracts.ts.
import type { ParticipantPorts } from '../lab/lab-ports'
import type { KeptTransfer } from '../library/kept-transfer'
import type { RecordTable } from '../library/records'
import type { LibraryPorts, RecoverableStore } from '../library/shelves'
import type { TextMemory } from '../ports'
import { type Check, expectBytes, expectEqual } from './store-contract'

export const memoryChecks: Check<() => TextMemory>[] = [
  {
    name: 'has nothing at first, then what was written last, and nothing once it is cleared',
    async run(make) {
      const memory = make()
      expectEqual(memory.read(), undefined)
      expectEqual(memory.write('one'), true)
      memory.write('zwei ✓')
      expectEqual(memory.read(), 'zwei ✓')
      memory.clear()
      expectEqual(memory.read(), undefined)
    },
  },
]

const received = {
  id: 'A'.repeat(43),
  name: 'a.bin',
  bytes: 10,
  openedAtMs: 1,
  role: 'receiver',
  place: 'files',
  stage: 'fetching',
  heldBytes: 0,
  saved: false,
} as const
const shared: KeptTransfer = {
  id: received.id,
  name: 'a.bin',
  bytes: 10,
  openedAtMs: 2,
  role: 'sender',
  lone: true,
  handles: [],
}

export const recordChecks: Check<() => Promise<RecordTable>>[] = [
  {
    name: 'gives a record back as it was put, by role and id, the last one that was put',
    async run(make) {
      const table = await make()
      expectEqual(await table.get('receiver', received.id), undefined)
      await table.put(received)
      await table.put(shared)
      await table.put({ ...received, heldBytes: 5 })
      expectEqual(
        JSON.stringify(await table.get('receiver', received.id)),
        JSON.stringify({ ...received, heldBytes: 5 }),
      )
      expectEqual(JSON.stringify(await table.get('sender', shared.id)), JSON.stringify(shared))
      expectEqual((await table.all()).length, 2)
    },
  },
  {
    name: 'keeps manifest and pages by content, and deletes them with its receiver’s record alone',
    async run(make) {
      const table = await make()
      const other = 'B'.repeat(43)
      await table.put(received)
      await table.putManifest(received.id, Uint8Array.of(1))
      await table.putManifest(other, Uint8Array.of(2))
      for (const page of [0, 1]) await table.putPage(received.id, page, Uint8Array.of(3, page))
      await table.delete('sender', received.id)
      expectBytes((await table.manifest(received.id)) as Uint8Array, Uint8Array.of(1))
      expectBytes((await table.page(received.id, 1)) as Uint8Array, Uint8Array.of(3, 1))
      await table.delete('receiver', received.id)
      expectEqual(await table.get('receiver', received.id), undefined)
      expectEqual(await table.manifest(received.id), undefined)
      expectEqual(await table.page(received.id, 0), undefined)
      expectBytes((await table.manifest(other)) as Uint8Array, Uint8Array.of(2))
    },
  },
]

let owners = 0
const indicesOf = (chunks: Map<number, unknown>) => [...chunks.keys()].sort((a, b) => a - b).join()

export const runChunksChecks: Check<ParticipantPorts['openRunChunks']>[] = [
  {
    name: 'gives a run’s chunks back to the owner who comes again, as they were put last, and to nobody else',
    async run(open) {
      const [owner, other] = [`owner ${++owners}`, `owner ${++owners}`]
      const before = await open(owner, 'first')
      expectEqual((await before.load()).size, 0)
      before.put(7, Uint8Array.of(7))
      before.put(2, Uint8Array.of(2))
      before.put(2, Uint8Array.of(2, 2))
      before.close()
      const again = await (await open(owner, 'first')).load()
      expectEqual(indicesOf(again), '2,7')
      expectBytes(again.get(2) ?? new Uint8Array(), Uint8Array.of(2, 2))
      expectEqual((await (await open(other, 'first')).load()).size, 0)
    },
  },
  {
    name: 'keeps nothing of an owner’s earlier run once it is in another, and leaves others’ alone',
    async run(open) {
      const [owner, other] = [`owner ${++owners}`, `owner ${++owners}`]
      for (const one of [owner, other]) (await open(one, 'first')).put(1, Uint8Array.of(1))
      expectEqual((await (await open(owner, 'second')).load()).size, 0)
      expectEqual((await (await open(owner, 'first')).load()).size, 0)
      expectEqual((await (await open(other, 'first')).load()).size, 1)
    },
  },
  {
    name: 'keeps nothing of a run that is over, and takes what still comes without a word',
    async run(open) {
      const owner = `owner ${++owners}`
      const kept = await open(owner, 'first')
      kept.put(1, Uint8Array.of(1))
      kept.remove()
      kept.put(2, Uint8Array.of(2))
      expectEqual((await (await open(owner, 'first')).load()).size, 0)
    },
  },
]

/** `second`: by another visitor of the same device. */
export type ClaimBench = Record<'first' | 'second', LibraryPorts<RecoverableStore>['claim']>

let claims = 0

export const claimChecks: Check<ClaimBench>[] = [
  {
    name: 'is one visitor’s at a time, and the next one’s once it is let go of',
    async run({ first, second }) {
      const [id, other] = [`claim ${++claims}`, `claim ${++claims}`]
      const release = await first(id)
      if (!release) throw new Error('what nobody has was refused')
      expectEqual(await second(id), undefined)
      const another = await second(other)
      if (!another) throw new Error('a claim on one content holds another')
      release()
      const next = await second(id)
      if (!next) throw new Error('what was let go of was refused')
      // Let go of twice, it is another's by now.
      release()
      expectEqual(await first(id), undefined)
      next()
      another()
    },
  },
]
