// What the browser kept for us may be of another version, or somebody's: it is used if it is sound, and else it is as if nothing
// had been kept.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type HostMemory, rememberedHost, rememberHost } from '../apps/web/session/lab/host-memory'
import { firstSettings } from '../apps/web/session/lab/settings'
import { rememberedSeat, rememberSeat } from '../apps/web/session/lab/student-memory'
import { BUDGET_TIMEOUT_MS, fuzz } from './budget'
import { mutatedJson, mutatedText } from './mutations'

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
    const memory: HostMemory = { code: 'ABCDEF', token, settings: firstSettings, pagePeers: 8 }
    rememberHost(memory)
    expect(rememberedHost()).toEqual(memory)
    eachChanged(() => {
      const host = rememberedHost()
      if (host) expect(host.pagePeers).toBeLessThanOrEqual(30)
    })
  })

  it("a student's seat", () => {
    const seat = { code: 'ABCDEF', name: 'Ada', token }
    rememberSeat(seat)
    expect(rememberedSeat('ABCDEF')).toEqual(seat)
    eachChanged(() => {
      const remembered = rememberedSeat('ABCDEF')
      if (remembered) expect(remembered.token).toMatch(/^[\w-]{22}$/)
    })
  })
})
