import type { CodeSnapshot } from '@swarmdrop/peer/code'
import { describe, expect, it } from 'vitest'
import { codeWords, problemWords, wrongTriesWords } from './code-words'

const code: CodeSnapshot = { state: 'open', code: '7-guitar-orbit', wrongTries: 0 }

describe('what is said of a code', () => {
  it('says what to do, whatever is wrong', () => {
    for (const words of Object.values(problemWords)) expect(words).toMatch(/\b(Check|Ask|Try)\b/)
  })

  it('is nothing while the code stands as it was drawn', () => {
    expect(codeWords(code)).toBeUndefined()
    expect(codeWords({ state: 'waiting', code: undefined, wrongTries: 0 })).toBeUndefined()
    expect(wrongTriesWords(0)).toBeUndefined()
  })

  it('says plainly that it is a new one, and why', () => {
    expect(codeWords({ ...code, changed: 'used-up' })).toContain(
      'new code: the old one was replaced after five wrong tries',
    )
    expect(codeWords({ ...code, changed: 'taken' })).toContain('number was given to somebody else')
  })

  it('says that it cannot be used: for now, or until the sender wants another', () => {
    expect(codeWords({ ...code, state: 'lost', changed: 'used-up' })).toContain('until the server answers again')
    expect(codeWords({ state: 'stopped', code: undefined, wrongTries: 0, changed: 'used-up' })).toContain(
      'switched off',
    )
  })

  it('counts wrong tries', () => {
    expect([1, 4].map(wrongTriesWords)).toEqual(['1 wrong try', '4 wrong tries'])
  })
})
