import { expect, it } from 'vitest'
import { askingWords, unmeantCount } from './unmeant-words'

const one = (name: string, files = 1, folder = false) => ({ name, files, folder, kind: 'private' as const })

it('asks about hidden files, about others, and about a choice that is nothing else', () => {
  expect(askingWords({ unmeant: [one('.env'), one('.git', 5, true)], count: 20, rest: 14 })).toEqual({
    question: 'Share the hidden files too?',
    detail: 'Everyone with the link can read everything that is shared. Among 20 files are these:',
  })
  expect(askingWords({ unmeant: [one('id_rsa')], count: 2, rest: 1 }).question).toBe('Share these files too?')
  expect(askingWords({ unmeant: [one('.env')], count: 1, rest: 0 }).question).toBe('Share “.env”?')
})

it('counts the files of a folder, and of a name that comes again', () => {
  expect(unmeantCount(one('.env'))).toBeUndefined()
  expect(unmeantCount(one('.git', 1, true))).toBe('1 file')
  expect(unmeantCount(one('.DS_Store', 14))).toBe('14 files')
})
