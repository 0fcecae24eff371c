// The browser's adapters that run without a browser keep to their ports' contracts. Those that do not are held to them
// in a page (e2e/storage.spec.ts).
import { clockChecks, hasherChecks, memoryChecks, randomChecks, type Until } from '@swarmdrop/peer/testing'
import { afterEach, expect, it, vi } from 'vitest'
import { browserRandom } from './device/browser-random'
import { rememberedRelayChoice } from './device/relay-choice'
import { storedText } from './device/stored-text'
import { sha256OffThread } from './hashing/digest-off-thread'
import { AlarmClock } from './workers/alarm-clock'

afterEach(() => vi.unstubAllGlobals())

function stubStorage() {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  })
}

const until: Until = async (isSo) => {
  for (let i = 0; i < 2_000 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 5))
  if (!isSo()) throw new Error('it was not so within 10 s')
}

it.each(memoryChecks)('a text in the browser’s storage $name', async ({ run }) => {
  stubStorage()
  await expect(run(() => storedText('tab', 'x'))).resolves.toBeUndefined()
})

it('a text is not kept, and nothing breaks, where a browser forbids its storage', () => {
  vi.stubGlobal('sessionStorage', undefined)
  const text = storedText('tab', 'x')
  expect([text.write('a'), text.read()]).toEqual([false, undefined])
  text.clear()
})

it('the choice of a relay is remembered by the next page, and holds for this one where nothing is kept', () => {
  stubStorage()
  rememberedRelayChoice(storedText('tab', 'relay')).chooseRelayOnly(true)
  const next = rememberedRelayChoice(storedText('tab', 'relay'))
  expect(next.isRelayOnly()).toBe(true)
  next.chooseRelayOnly(false)
  expect(rememberedRelayChoice(storedText('tab', 'relay')).isRelayOnly()).toBe(false)
  vi.stubGlobal('sessionStorage', undefined)
  const here = rememberedRelayChoice(storedText('tab', 'relay'))
  here.chooseRelayOnly(true)
  expect(here.isRelayOnly()).toBe(true)
})

it.each(clockChecks)('an alarm clock $name', async ({ run }) => {
  const clock = new AlarmClock()
  await expect(run({ clock, until })).resolves.toBeUndefined()
  clock.close()
})

it.each(randomChecks)('the browser’s chance $name', async ({ run }) => {
  await expect(run(browserRandom)).resolves.toBeUndefined()
})

it.each(hasherChecks)('the window’s hasher $name', async ({ run }) => {
  await expect(run(sha256OffThread)).resolves.toBeUndefined()
})
