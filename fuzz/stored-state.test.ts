// What the browser kept for us may be of another version, or somebody's: it is used if it is sound, and else it is as if nothing
// had been kept.
import { buildContent, CHUNK_BYTES } from '@swarmdrop/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readTransfer, takenBytes } from '../apps/web/adapters/keeping/kept-transfer'
import { provedContent } from '../apps/web/adapters/keeping/records'
import type { Database } from '../apps/web/adapters/stores/database'
import { HeldMarks } from '../apps/web/adapters/stores/held-marks'
import { type HostMemory, rememberedHost, rememberHost } from '../apps/web/session/lab/host-memory'
import { firstSettings } from '../apps/web/session/lab/settings'
import { rememberedSeat, rememberSeat } from '../apps/web/session/lab/student-memory'
import { BUDGET_TIMEOUT_MS, fuzz } from './budget'
import { mutatedBytes, mutatedJson, mutatedText } from './mutations'

const token = 'A'.repeat(22)

describe('fuzzed', { timeout: BUDGET_TIMEOUT_MS }, () => {
  const kept = new Map<string, string>()
  beforeEach(() => {
    kept.clear()
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    })
  })
  afterEach(() => void vi.unstubAllGlobals())

  /** Each input is what was kept, changed in its values or in its letters. */
  function eachChanged(check: () => void): void {
    const right = [...kept]
    fuzz((random) => {
      for (const [key, text] of right)
        kept.set(
          key,
          random() < 0.7 ? JSON.stringify(mutatedJson(JSON.parse(text), random)) : mutatedText(text, random),
        )
      check()
    })
  }

  it("the teacher's room and settings", () => {
    const memory: HostMemory = { room: { code: 'ABCDEF', token }, settings: firstSettings, pagePeers: 8 }
    rememberHost(memory)
    expect(rememberedHost()).toEqual(memory)
    eachChanged(() => {
      const host = rememberedHost()
      if (host) expect(host.pagePeers).toBeLessThanOrEqual(30)
    })
  })

  it("a student's seat", () => {
    const seat = { code: 'ABCDEF', name: 'Ada', token, room: token }
    rememberSeat(seat)
    expect(rememberedSeat('ABCDEF')).toEqual(seat)
    eachChanged(() => {
      const remembered = rememberedSeat('ABCDEF')
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
      ({ get: async (store: string) => (store === 'manifests' ? manifest : page) }) as unknown as Database
    const [right] = pages
    const seen: Promise<void>[] = []
    fuzz((random) => {
      const manifest = random() < 0.5 ? content.manifestBytes : mutatedBytes(content.manifestBytes, random)
      const page = random() < 0.5 ? right : mutatedBytes(right ?? new Uint8Array(), random)
      seen.push(
        provedContent(stored(manifest, page), 'any', content.id).then((proved) => {
          if (!proved) return
          expect(proved.content.manifestBytes).toEqual(content.manifestBytes)
          if (proved.pages[0]) expect(proved.pages).toEqual(pages)
        }),
      )
    })
    await Promise.all(seen)
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
      )
      expect(marks.has(-1) || marks.has(chunkCount)).toBe(false)
      marks.set(99)
      marks.close()
      expect(file.length).toBe(13)
      expect((file[12] ?? 0) & 0x0f).toBe(0)
    })
  })
})
