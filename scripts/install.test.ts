import { describe, expect, it } from 'vitest'
import { matchesLock } from './install.mjs'

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/for-another-platform': { version: '2.0.0', optional: true },
  'node_modules/linked': {},
}

describe('matchesLock', () => {
  it('is content with exactly the packages of the lock file', () => {
    expect(matchesLock(wanted, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/linked': {} })).toBe(true)
  })

  it('sees a package that is missing', () => {
    expect(matchesLock(wanted, { 'node_modules/linked': {} })).toBe(false)
  })

  it('sees a package of another version, optional or not', () => {
    const other = { 'node_modules/linked': {}, 'node_modules/a': { version: '1.0.1' } }
    const optional = {
      ...other,
      'node_modules/a': { version: '1.0.0' },
      'node_modules/for-another-platform': { version: '2.1.0' },
    }
    expect(matchesLock(wanted, other)).toBe(false)
    expect(matchesLock(wanted, optional)).toBe(false)
  })
})
