import { expect, it } from 'vitest'
import { SharedFiles } from './shared-files'

const SCOPE = 'https://example.org/drop/'

function worker() {
  const rings: (() => void)[] = []
  const works: Promise<unknown>[] = []
  let tickets = 0
  const shared = new SharedFiles({
    scope: SCOPE,
    newTicket: () => `ticket-${++tickets}`,
    setTimeout: (ring) => rings.push(ring),
  })
  const take = (form: FormData) => {
    const request = new Request(`${SCOPE}share`, { method: 'POST', body: form })
    return shared.take(request, (work) => works.push(work))
  }
  return { shared, take, rings, works }
}

function form(fields: Record<string, string>, files: File[] = []): FormData {
  const form = new FormData()
  for (const [name, text] of Object.entries(fields)) form.append(name, text)
  for (const file of files) form.append('files', file)
  return form
}

const isOver = async (work: Promise<unknown> | undefined) =>
  Promise.race([work?.then(() => true), new Promise((later) => setImmediate(() => later(false)))])

it('hands files to the page that opens for them, once, and lives until then', async () => {
  const { shared, take, works } = worker()
  const answer = await take(form({ title: '' }, [new File(['one'], 'a.txt'), new File(['two'], 'b.txt')]))
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${SCOPE}?shared=ticket-1`])
  expect(await isOver(works[0])).toBe(false)
  const given = shared.handOver('ticket-1')
  expect(given?.files.map(({ name }) => name)).toEqual(['a.txt', 'b.txt'])
  expect(await given?.files[1]?.text()).toBe('two')
  expect(await isOver(works[0])).toBe(true)
  expect(shared.handOver('ticket-1')).toBeUndefined()
})

it('keeps what is shared twice apart', async () => {
  const { shared, take } = worker()
  await take(form({}, [new File([''], 'first')]))
  await take(form({}, [new File([''], 'second')]))
  expect(shared.handOver('ticket-2')?.files[0]?.name).toBe('second')
  expect(shared.handOver('ticket-1')?.files[0]?.name).toBe('first')
})

it('lets go of what no page has asked for', async () => {
  const { shared, take, rings, works } = worker()
  await take(form({ text: 'hello' }))
  for (const ring of rings) ring()
  expect(await isOver(works[0])).toBe(true)
  expect(shared.handOver('ticket-1')).toBeUndefined()
})

it.each([
  [{ title: 'A page', text: 'See this', url: 'https://a.example/' }, 'A page\nSee this\nhttps://a.example/'],
  [{ title: '', text: 'https://a.example/', url: 'https://a.example/' }, 'https://a.example/'],
  [{ title: 'A page', text: 'A page: https://a.example/' }, 'A page: https://a.example/'],
  [{}, ''],
])('makes one text of the fields of %o', async (fields, text) => {
  const { shared, take } = worker()
  await take(form(fields))
  expect(shared.handOver('ticket-1')).toEqual({ files: [], text })
})

it('opens the page all the same where nothing can be read, so that it says so', async () => {
  const { shared } = worker()
  const unreadable = new Request(`${SCOPE}share`, { method: 'POST', body: 'no form' })
  const answer = await shared.take(unreadable, () => {})
  expect(answer.headers.get('location')).toBe(`${SCOPE}?shared`)
})

it('takes what is posted to its own address alone', () => {
  const { shared } = worker()
  const is = (method: string, url: string) => shared.isShare({ method, url })
  expect(is('POST', `${SCOPE}share`)).toBe(true)
  expect(is('GET', `${SCOPE}share`)).toBe(false)
  expect(is('POST', `${SCOPE}socket.io/`)).toBe(false)
  expect(is('POST', 'https://example.org/share')).toBe(false)
})
