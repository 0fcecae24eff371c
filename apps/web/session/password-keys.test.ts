import { afterEach, describe, expect, it, vi } from 'vitest'
import { forgetPasswordKey, keepPasswordKey, passwordKeyOf } from './password-keys'

const ID = 'A'.repeat(43)
const key = Uint8Array.from({ length: 32 }, (_, at) => at)
const other = Uint8Array.from(key).reverse()

/** A storage area as a browser's, with room for so many texts. */
function area(room: number) {
  const texts = new Map<string, string>()
  const storage = {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => {
      if (!texts.has(name) && texts.size >= room) throw new DOMException('full', 'QuotaExceededError')
      texts.set(name, text)
    },
    removeItem: (name: string) => void texts.delete(name),
  }
  return { texts, storage }
}

afterEach(() => {
  forgetPasswordKey(ID)
  vi.unstubAllGlobals()
})

describe('a password’s key', () => {
  it('is there after a reload where the browser has no more room for what stays', () => {
    const [device, tab] = [area(0), area(1)]
    vi.stubGlobal('localStorage', device.storage)
    vi.stubGlobal('sessionStorage', tab.storage)
    keepPasswordKey(ID, key)
    expect(tab.texts.size).toBe(1)
    expect(passwordKeyOf(ID)).toEqual(key)
  })

  it('is there as long as the page where the browser keeps nothing', () => {
    vi.stubGlobal('localStorage', area(0).storage)
    vi.stubGlobal('sessionStorage', area(0).storage)
    keepPasswordKey(ID, key)
    expect(passwordKeyOf(ID)).toEqual(key)
    forgetPasswordKey(ID)
    expect(passwordKeyOf(ID)).toBeUndefined()
  })

  it('is the one that another tab has set since', () => {
    const device = area(1)
    vi.stubGlobal('localStorage', device.storage)
    vi.stubGlobal('sessionStorage', area(1).storage)
    keepPasswordKey(ID, other)
    const [[name = ''] = []] = device.texts
    keepPasswordKey(ID, key)
    const text = device.texts.get(name) ?? ''
    keepPasswordKey(ID, other)
    device.texts.set(name, text)
    expect(passwordKeyOf(ID)).toEqual(key)
  })
})
