import { describe, expect, it } from 'vitest'
import { lettersApart } from './letters-apart'
import { codeWords } from './words'

/**
 * Roughly what is heard through a bad telephone: consonants that are confused are one, and so are all vowels. (Words
 * that sound quite alike, as flour and flower, are left out by hand.)
 */
function heard(word: string): string {
  const spelled: [RegExp, string][] = [
    [/ph|v/g, 'f'],
    [/ck|qu|q/g, 'k'],
    [/sch/g, 'sk'],
    [/ch/g, 'C'],
    [/sh/g, 'S'],
    [/th/g, 'T'],
    [/kn/g, 'n'],
    [/w[hr]/g, 'w'],
    [/gh/g, ''],
    [/x/g, 'ks'],
    [/c(?=[eiy])|z/g, 's'],
    [/g(?=[ey])/g, 'j'],
    [/[cg]/g, 'k'],
    [/d/g, 't'],
    [/b/g, 'p'],
    [/m/g, 'n'],
    [/e$/, ''],
    [/[aeiouyw]+/g, 'a'],
    [/(.)\1+/g, '$1'],
  ]
  return spelled.reduce((sound, [from, to]) => sound.replace(from, to), word)
}

describe('the words of codes', () => {
  it('[CODE-1] are 512, of 4 to 7 plain letters, in order', () => {
    expect(codeWords).toHaveLength(512)
    for (const word of codeWords) expect(word).toMatch(/^[a-z]{4,7}$/)
    expect(codeWords).toEqual([...new Set(codeWords)].sort())
  })

  it('[CODE-1] differ from each other by two letters at least, and none begins another', () => {
    const close = codeWords.flatMap((word, at) =>
      codeWords
        .slice(at + 1)
        .filter((other) => lettersApart(word, other) < 2 || other.startsWith(word))
        .map((other) => `${word} ${other}`),
    )
    expect(close).toEqual([])
  })

  it('[CODE-1] are not confused when they are heard', () => {
    const bySound = new Map<string, string[]>()
    for (const word of codeWords) bySound.set(heard(word), [...(bySound.get(heard(word)) ?? []), word])
    expect([...bySound.values()].filter((words) => words.length > 1)).toEqual([])
  })
})
