// Which names make a page ask before it shares them.
import { describe, expect, it } from 'vitest'
import { unmeantAmong } from './unmeant'

const among = (...paths: string[]) => unmeantAmong(['a.txt', ...paths]).map(({ name, kind }) => `${name}: ${kind}`)

describe('what people rarely mean to share', () => {
  it.each([
    '.env',
    '.env.local',
    '.ssh/config',
    'x/.git/HEAD',
    'id_rsa',
    'id_rsa (2)',
    'id_ed25519_sk',
    '.aws/credentials',
    '.bash_history',
    'k.ppk',
  ])('is %s: it may hold secrets', (path) => expect(among(path)).toEqual([expect.stringContaining(': private')]))

  it.each(['x/.DS_Store', 'Thumbs.db', 'desktop.ini', '__MACOSX/._a.txt', '~$report.docx', 'node_modules/a/index.js'])(
    'is %s: it is made again by itself',
    (path) => expect(among(path)).toEqual([expect.stringContaining(': made')]),
  )

  it.each(['.cache/a', 'x/.vimrc', '.a/b/c'])('is %s: nobody sees it', (path) =>
    expect(among(path)).toEqual([expect.stringContaining(': hidden')]),
  )

  it.each([
    '.gitignore',
    '.github/workflows/a.yml',
    '.env.example',
    'id_rsa.pub',
    'environment',
    'a.env.txt',
    'b..c',
    'talk.key',
    'thumbs.db.txt',
  ])('is not %s', (path) => expect(among(path)).toEqual([]))

  it('is counted by its name, the worst first', () => {
    const paths = ['p/.DS_Store', 'p/q/.DS_Store', 'p/.cache/a', 'p/.git/HEAD', 'p/.git/refs/x', 'p/a.txt']
    expect(unmeantAmong(paths)).toEqual([
      { name: '.git', kind: 'private', folder: true, files: 2 },
      { name: '.cache', kind: 'hidden', folder: true, files: 1 },
      { name: '.DS_Store', kind: 'made', folder: false, files: 2 },
    ])
  })

  it('is what hides a secret further down', () => {
    expect(among('.config/tool/.npmrc')).toEqual(['.config: private'])
    expect(among('node_modules/a/test/key.pem')).toEqual(['node_modules: made'])
  })

  it('is, of one file by itself, only what may hold secrets', () => {
    expect(unmeantAmong(['.bashrc'])).toEqual([])
    expect(unmeantAmong(['.env'])).toEqual([{ name: '.env', kind: 'private', folder: false, files: 1 }])
  })
})
