// What the browser kept for us may be of another version, or somebody's: it is used if it is sound, and else it is as
// if nothing had been kept.
import { buildContent, CHUNK_BYTES } from '@swarmdrop/core'
import type { TextMemory } from '@swarmdrop/peer'
import { firstSettings } from '@swarmdrop/peer/lab'
import { Records, type RecordTable, readTransfer, takenBytes } from '@swarmdrop/peer/library'
import { HeldMarks } from '@swarmdrop/peer/stores'
import { beforeEach, describe, expect, it } from 'vitest'
import { type HostMemory, rememberedHost, rememberHost } from '../packages/peer/src/lab/host-memory'
import { rememberedSeat, rememberSeat } from '../packages/peer/src/lab/participant-memory'
import { BUDGET_TIMEOUT_MS, fuzz, fuzzInTurn } from './budget'
import { mutatedBytes, mutatedJson, mutatedText } from './mutations'

const token = 'A'.repeat(22)

describe('fuzzed', { timeout: BUDGET_TIMEOUT_MS }, () => {
  let kept: string | undefined
  const memory: TextMemory = {
    read: () => kept,
    write(text) {
      kept = text
      return true
    },
    clear() {
      kept = undefined
    },
  }
  beforeEach(() => memory.clear())

  /** Each input is what was kept, changed in its values or in its letters. */
  function eachChanged(check: () => void): void {
    const right = kept ?? ''
    fuzz((random) => {
      kept = random() < 0.7 ? JSON.stringify(mutatedJson(JSON.parse(right), random)) : mutatedText(right, random)
      check()
    })
  }

  it("the teacher's room and settings", () => {
    const remembered: HostMemory = { room: { code: 'ABCDEF', token }, settings: firstSettings, pagePeers: 8 }
    rememberHost(memory, remembered)
    expect(rememberedHost(memory)).toEqual(remembered)
    eachChanged(() => {
      const host = rememberedHost(memory)
      if (host) expect(host.pagePeers).toBeLessThanOrEqual(30)
    })
  })

  it("a student's seat", () => {
    const seat = { code: 'ABCDEF', name: 'Ada', token, room: token }
    rememberSeat(memory, seat)
    expect(rememberedSeat(memory, 'ABCDEF')).toEqual(seat)
    eachChanged(() => {
      const remembered = rememberedSeat(memory, 'ABCDEF')
      if (remembered) expect(remembered.token).toMatch(/^[\w-]{22}$/)
    })
  })

  it('a record of a transfer', () => {
    const shared = { id: 'A'.repeat(43), name: 'a.bin', bytes: 5, openedAtMs: 7 }
    const records = [
      { ...shared, role: 'receiver', place: 'files', stage: 'paused', heldBytes: 3, saved: false },
      { ...shared, role: 'sender', lone: true, handles: [{ kind: 'file', name: 'a.bin' }] },
    ]
    fuzz((random) => {
      for (const record of records) {
        const read = readTransfer(mutatedJson(record, random))
        if (!read) continue
        expect(read.id).toMatch(/^[\w-]{43}$/)
        expect(takenBytes(read)).toBeGreaterThanOrEqual(0)
      }
    })
  })

  it('a manifest and its pages', async () => {
    const files = [{ path: 'a.bin', bytes: 3 * CHUNK_BYTES }]
    const { content, pages } = buildContent(files, new Uint8Array(96).fill(7))
    const stored = (manifest: unknown, page: unknown) =>
      new Records({ manifest: async () => manifest, page: async () => page } as Partial<RecordTable> as RecordTable)
    const [right] = pages
    await fuzzInTurn(async (random) => {
      const manifest = random() < 0.5 ? content.manifestBytes : mutatedBytes(content.manifestBytes, random)
      const page = random() < 0.5 ? right : mutatedBytes(right ?? new Uint8Array(), random)
      const proved = await stored(manifest, page).provedContent('any', content.id)
      if (!proved) return
      expect(proved.content.manifestBytes).toEqual(content.manifestBytes)
      if (proved.pages[0]) expect(proved.pages).toEqual(pages)
    })
  })

  it('the marks of held chunks', () => {
    const chunkCount = 100
    fuzz((random) => {
      let file: Uint8Array = mutatedBytes(new Uint8Array(13).fill(random() < 0.5 ? 0xff : 0), random)
      const marks = new HeldMarks(
        {
          getSize: () => file.length,
          read: (into) => {
            into.set(file.subarray(0, into.length))
            return Math.min(into.length, file.length)
          },
          write: (from) => {
            file = from.slice()
            return from.length
          },
          truncate: (bytes) => {
            file = new Uint8Array(bytes)
          },
          flush: () => {},
          close: () => {},
        },
        chunkCount,
        { now: () => 0, after: () => () => {} },
      )
      expect(marks.has(-1) || marks.has(chunkCount)).toBe(false)
      marks.set(99)
      marks.close()
      expect(file.length).toBe(13)
      expect((file[12] ?? 0) & 0x0f).toBe(0)
    })
  })
})
