import { expect, it } from 'vitest'
import { GuardedAddress } from './guarded-address'

function page(address: string) {
  const browser = { address, ends: undefined as string | undefined }
  const guarded = new GuardedAddress<string>({
    read: () => browser.address,
    restore: (shown) => {
      browser.address = shown
    },
    whatEnds: () => browser.ends,
  })
  const goTo = (next: string) => {
    browser.address = next
    guarded.moved()
  }
  return { browser, guarded, goTo }
}

it('follows the browser as long as nothing would be lost', () => {
  const { guarded, goTo } = page('home')
  goTo('a')
  expect([guarded.shown(), guarded.asked()]).toEqual(['a', undefined])
})

it('keeps what it shows until it is answered, and goes on when that is yes', () => {
  const { browser, guarded, goTo } = page('home')
  browser.ends = 'sharing'
  goTo('a')
  expect([guarded.shown(), guarded.asked()]).toEqual(['home', 'sharing'])
  guarded.answer(true)
  expect([guarded.shown(), guarded.asked(), browser.address]).toEqual(['a', undefined, 'a'])
})

it('puts the address back when the answer is no', () => {
  const { browser, guarded, goTo } = page('home')
  browser.ends = 'sharing'
  goTo('a')
  guarded.answer(false)
  expect([guarded.shown(), guarded.asked(), browser.address]).toEqual(['home', undefined, 'home'])
})

it('asks about the last of several addresses, and about none when it is back where it was', () => {
  const { browser, guarded, goTo } = page('home')
  browser.ends = 'sharing'
  goTo('a')
  goTo('b')
  guarded.answer(true)
  expect(guarded.shown()).toBe('b')
  goTo('c')
  goTo('b')
  expect([guarded.shown(), guarded.asked()]).toEqual(['b', undefined])
})

it('stays, without a question, where the address is of what is open here', () => {
  const { browser, guarded, goTo } = page('home')
  browser.ends = 'stay'
  goTo('a')
  expect([guarded.shown(), guarded.asked(), browser.address]).toEqual(['home', undefined, 'home'])
})

it('tells each change to who listens', () => {
  const { browser, guarded, goTo } = page('home')
  let changes = 0
  const stop = guarded.subscribe(() => changes++)
  goTo('a')
  browser.ends = 'sharing'
  goTo('b')
  guarded.answer(false)
  expect(changes).toBe(3)
  stop()
  goTo('c')
  expect(changes).toBe(3)
})
