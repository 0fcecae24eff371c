// What an example sets, and what is said of it, where a room has more or fewer peers than the example.
import { firstSettings, type LabHost, type LabSettings, type LabSnapshot } from '@swarmdrop/peer/lab'
import { expect, it } from 'vitest'
import { PRESETS } from '../experiment/presets'
import { takeExample } from './set-for-real'
import { isSet } from './verdict-words'

/** A host of a room: so many peers at the teacher's page, which can be removed, and so many students. */
function hostOf({ pagePeers, students, fileName }: { pagePeers: number; students: number; fileName?: string }) {
  let settings: LabSettings = firstSettings
  let own = pagePeers
  let file = fileName
  return {
    getSnapshot: () => ({ settings, pagePeers: own, peerCount: own + students, fileName: file }) as LabSnapshot,
    change: (change: Partial<LabSettings>) => {
      settings = { ...settings, ...change }
    },
    addPeers: (count: number) => {
      own = Math.max(0, own + count)
    },
    takeFile: () => {
      file = undefined
    },
  } as unknown as LabHost
}

const preset = (name: string) => {
  const found = PRESETS.find((one) => one.name === name)
  if (!found) throw new Error(`There is no example “${name}”.`)
  return found
}

it('says with how many peers it runs, where they are not as many as its own', () => {
  const home = takeExample(hostOf({ pagePeers: 8, students: 4 }), preset('Home'))
  expect(home.said).not.toContain('Here it runs')
  const phone = takeExample(hostOf({ pagePeers: 0, students: 25 }), preset('One slow phone'))
  expect(phone.said).toContain('Here it runs with 25 peers instead of 10.')
})

it('says that the teacher’s own file is put aside', () => {
  expect(takeExample(hostOf({ pagePeers: 8, students: 0, fileName: 'film.mp4' }), preset('Home')).said).toContain(
    'instead of your own file',
  )
})

it('gives what it has set, which holds until something else is', () => {
  const host = hostOf({ pagePeers: 8, students: 0 })
  const { set } = takeExample(host, preset('Textbook'))
  expect(isSet(set, host.getSnapshot().settings)).toBe(true)
  host.change({ fileBytes: 1 })
  expect(isSet(set, host.getSnapshot().settings)).toBe(false)
})
