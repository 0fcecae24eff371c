import type { Limits } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { connectionCost } from '../adapters/device/connection-cost'
import { TabModeration } from './moderation'

function memoryOf(text?: string) {
  let kept = text
  return {
    read: () => kept,
    write: (next: string) => {
      kept = next
      return true
    },
    clear: () => {
      kept = undefined
    },
  }
}

/** What a transfer hears that begins in a tab with this memory. */
function applied(moderation: TabModeration, role: 'sender' | 'receiver' = 'receiver') {
  const heard: { limits?: Limits; receiveOnly?: boolean } = {}
  const setReceiveOnly = (receiveOnly: boolean) => Object.assign(heard, { receiveOnly })
  const setLimits = (limits: Limits) => Object.assign(heard, { limits })
  moderation.apply({ setLimits, side: { role, setReceiveOnly } })
  return heard
}

describe('what a tab takes of its line', () => {
  it('is everything until somebody says otherwise', () => {
    expect(applied(new TabModeration(memoryOf(), undefined))).toEqual({ receiveOnly: false })
  })

  it('stays over a reload', () => {
    const memory = memoryOf()
    const before = new TabModeration(memory, undefined)
    before.keep({ upload: 50_000, download: undefined })
    before.keep({ receiveOnly: true })
    const limits = { upload: 50_000, download: undefined }
    expect(applied(new TabModeration(memory, undefined))).toEqual({ limits, receiveOnly: true })
    expect(applied(new TabModeration(memory, undefined), 'sender')).toEqual({ limits })
  })

  it('is little where bytes are dear, unless the person has said otherwise', () => {
    const memory = memoryOf()
    expect(applied(new TabModeration(memory, 'mobile'))).toEqual({ receiveOnly: true })
    new TabModeration(memory, 'mobile').keep({ receiveOnly: false })
    expect(applied(new TabModeration(memory, 'mobile'))).toEqual({ receiveOnly: false })
    expect(new TabModeration(memoryOf(), 'mobile').reason).toBe('mobile')
    expect(new TabModeration(memory, 'mobile').reason).toBeUndefined()
  })

  it.each(['{', 'null', '{"upload":-1}', '{"upload":"1"}', '[]'])('is everything where memory says %j', (text) => {
    expect(applied(new TabModeration(memoryOf(text), undefined))).toEqual({ receiveOnly: false })
  })

  it('is dear as far as a browser tells', () => {
    expect(connectionCost({})).toBeUndefined()
    expect(connectionCost({ connection: { saveData: false, type: 'wifi' } })).toBeUndefined()
    expect(connectionCost({ connection: { saveData: true, type: 'cellular' } })).toBe('saves-data')
    expect(connectionCost({ connection: { saveData: false, type: 'cellular' } })).toBe('mobile')
  })
})
