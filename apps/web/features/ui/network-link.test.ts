import { describe, expect, it } from 'vitest'
import { networkLink, reachWords } from './network-link'

const link = 'http://localhost:3000/#abc'
const known = { isKnown: true, originForOthers: 'http://192.168.1.5:3000', onlyHere: false }

describe('a link that was made at localhost', () => {
  it('has the address that others reach this computer by, and all else as it was', () => {
    const shown = networkLink(link, true, known)
    expect(shown).toEqual({ for: 'network', shown: 'http://192.168.1.5:3000/#abc' })
    expect(reachWords(shown)).toBe('The link opens for everyone on your network, at 192.168.1.5.')
    expect(networkLink('http://[::1]:3000/drop/lab?a=1#ABCDEF', true, known).shown).toBe(
      'http://192.168.1.5:3000/drop/lab?a=1#ABCDEF',
    )
  })

  it('has the name that the operator gives', () => {
    const shown = networkLink(link, true, { ...known, originForOthers: 'https://drop.example.org' })
    expect(shown.shown).toBe('https://drop.example.org/#abc')
    expect(reachWords(shown)).toBe('The link opens for everyone, at drop.example.org.')
  })

  it('is for this computer only where that is wanted, or there is nothing else', () => {
    expect(networkLink(link, true, { ...known, onlyHere: true })).toEqual({ for: 'only-here', shown: link })
    const alone = networkLink(link, true, { ...known, originForOthers: undefined, onlyHere: true })
    expect(alone).toEqual({ for: 'nobody-else', shown: link })
    expect(reachWords(alone)).toContain('The link opens on this computer only: the server cannot be reached')
  })

  it('is not shown before it is known which it is: nobody shall copy the wrong one', () => {
    expect(networkLink(link, true, { ...known, isKnown: false }).shown).toBeUndefined()
  })
})

it('a link of a page that others can open is as it is, at once', () => {
  const unknown = { isKnown: false, originForOthers: undefined, onlyHere: false }
  const shown = networkLink('https://drop.example.org/#abc', false, unknown)
  expect(shown).toEqual({ for: 'all', shown: 'https://drop.example.org/#abc' })
  expect(reachWords(shown)).toBeUndefined()
})
