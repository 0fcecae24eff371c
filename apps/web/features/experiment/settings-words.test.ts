import { firstSettings, type LabSettings } from '@swarmdrop/peer/lab'
import { describe, expect, it } from 'vitest'
import { differenceOf, factsOf, shortWords } from './settings-words'

const plain = (words: string | undefined) => words?.replaceAll('\u00a0', ' ')
const { everybody } = firstSettings
const differ = (change: Partial<LabSettings>, mode: 'p2p' | 'client-server' = 'p2p') => {
  const difference = differenceOf(
    { settings: firstSettings, mode: 'p2p' },
    { settings: { ...firstSettings, ...change }, mode },
  )
  return difference && [plain(difference.a), plain(difference.b), difference.count]
}

describe('two settings are called by what they differ in', () => {
  it.each<[string, Partial<LabSettings>, unknown[]]>([
    ['the picker', { policy: { picker: 'random' } }, ['rarest first', 'random', 1]],
    [
      'a speed of less than a megabyte a second',
      { serverUploadBytesPerSecond: 152_400 },
      ['server’s upload 2.5 MB/s', 'server’s upload 152 kB/s', 1],
    ],
    ['a speed', { serverUploadBytesPerSecond: 5e6 }, ['server’s upload 2.5 MB/s', 'server’s upload 5.0 MB/s', 1]],
    [
      'special peers',
      { specials: [{ ...everybody, count: 2, behaviour: 'free-rider', joinAtSeconds: 5 }] },
      ['no special peers', '2 free riders with download 8.0 MB/s, from 5 s', 1],
    ],
    ['slots', { policy: { regularSlots: 2 } }, ['regular slots 4', 'regular slots 2', 1]],
    [
      'two things',
      { fileBytes: 8e6, policy: { choker: 'everyone' } },
      ['file 16.0 MB, tit for tat', 'file 8.0 MB, no choking', 2],
    ],
  ])('%s', (_, change, words) => {
    expect(differ(change)).toEqual(words)
  })

  it('the way', () => {
    expect(differ({}, 'client-server')).toEqual(['peer-to-peer', 'client-server', 1])
  })

  it('and by nothing where they differ in name and seed alone, or say what is the default', () => {
    expect(differ({ name: 'Other', seed: 7, policy: { picker: 'rarest-first', endgame: true } })).toBeUndefined()
  })
})

it('everything that is set is said, and what is the default is marked', () => {
  const settings = { ...firstSettings, chunkBytes: 65_536, policy: { rechokeSeconds: 5 } }
  const facts = factsOf(settings, 'p2p').filter(({ isDefault }) => !isDefault)
  expect(facts.map(({ label, value }) => plain(`${label}: ${value}`))).toEqual([
    'Mode: peer-to-peer',
    'File: 16.0 MB',
    'Chunks: 64 KiB each',
    'Server’s upload: 2.5 MB/s',
    'Each peer’s upload: 1.0 MB/s',
    'Each peer’s download: 8.0 MB/s',
    'Picker: rarest first',
    'Choker: tit for tat',
    'Regular turn: 5 s',
  ])
})

it('a run in a list is told from another by its speeds and what is not the default', () => {
  expect(plain(shortWords(firstSettings))).toBe('server 2.5 MB/s, peers 1.0 MB/s')
  const specials = [
    { ...everybody, count: 2, behaviour: 'free-rider' as const },
    { ...everybody, count: 1 },
  ]
  const policy = { picker: 'random' as const, choker: 'tit-for-tat' as const, regularSlots: 2 }
  expect(plain(shortWords({ ...firstSettings, specials, policy }))).toBe(
    'server 2.5 MB/s, peers 1.0 MB/s, 2 free riders, 1 special, random, regular slots 2',
  )
})
