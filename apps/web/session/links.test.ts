// A link is found in addresses and texts as browsers give them.
import { describe, expect, it } from 'vitest'
import { linkInText, linkOfAddress, linkOfLostAddress } from './links'

const id = 'QkFEIExJ-ktTIEd_VCBBIENMRUFSIFN-TlRFTkN_Li4'
const HOST = 'drop.example.org'

const addressed = (url: string) => linkOfAddress(new URL(url, 'https://drop.example.org/'))
const lost = (url: string) => linkOfLostAddress(new URL(url, 'https://drop.example.org/'))

describe('[LINK-3] an address', () => {
  it.each([
    `/#${id}`,
    `/#${id}.`,
    `/#${id}&fbclid=y`,
    `/#${id}\u200b`,
    `/#<${id}>`,
    `/?fbclid=x#${id}`,
    `/?utm_source=chat%23${id}`,
    `/drop/#${id})`,
  ])('%s has it', (url) => expect(addressed(url)).toEqual({ id }))

  it.each(['/', '/#', '/?fbclid=abc', `/?token=${id}`])('%s is the start page', (url) =>
    expect(addressed(url)).toBeUndefined(),
  )

  it('that holds none says why', () =>
    expect(addressed(`/#${id.slice(0, 30)}.`)).toEqual({ problem: expect.stringContaining('it has 30 of 43') }))

  it.each([
    `/%23${id}`,
    `/%2523${id}.`,
    `/drop/%23${id}`,
    `/index.html%23${id}`,
    `/${id}`,
    `/drop/${id}/`,
    `/%3C${id}%3E`,
  ])('%s, where there is no page, has it', (url) => expect(lost(url)).toBe(id))

  it.each(['/nothing', '/robots.txt', `/x${id}`, '/%', '/lab%23ABCDEF'])(
    '%s, where there is no page, has none',
    (url) => expect(lost(url)).toBeUndefined(),
  )
})

describe('[LINK-3] a pasted text', () => {
  it.each([
    `https://drop.example.org/#${id}`,
    `It is at https://drop.example.org/#${id}.`,
    `http://localhost:3000/#${id}`,
    `https://l.chat.example/?u=https%3A%2F%2Fdrop.example.org%2F%23${id}&h=AT0`,
    `#${id}`,
    id,
  ])('%s holds one of this server', (text) => expect(linkInText(text, HOST)).toEqual({ id }))

  it('of another server tells its address, without what wraps it', () => {
    const elsewhere = `https://other.example/drop/#${id}`
    expect(linkInText(`See ${elsewhere}.`, HOST)).toEqual({ id, elsewhere })
    expect(linkInText(`https://l.chat.example/?u=${encodeURIComponent(elsewhere)}&h=1`, HOST)).toEqual({
      id,
      elsewhere,
    })
  })

  it.each([
    ['hello', 'This contains no link.'],
    ['https://drop.example.org/', 'This contains no link.'],
    [`Our token is ${id}`, 'This contains no link.'],
    [`https://drop.example.org/#${id.slice(0, 30)}.`, 'it has 30 of 43 characters'],
    [`Number #1 has ${id}`, 'This contains no link.'],
  ])('%s holds none, and %s', (text, problem) =>
    expect(linkInText(text, HOST)).toEqual({ problem: expect.stringContaining(problem) }),
  )
})
