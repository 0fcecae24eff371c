import { expect, it } from 'vitest'
import { ordinal, rankOf } from './rank'

it('counts as people do', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 100, 101, 111].map(ordinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 100th 101st 111th',
  )
})

it('puts those who are complete first, by time, and then those who hold more; the server is nobody’s rival', () => {
  const participant = (id: string, held: number, completedAfterMs?: number) => ({
    id,
    name: id,
    mark: 1,
    ids: [`tab ${id}`],
    stage: 'taking-part' as const,
    held,
    ...(completedAfterMs !== undefined && { completedAfterMs }),
  })
  const participants = [
    participant('server', 9),
    participant('a', 9, 5_000),
    participant('b', 9, 4_000),
    participant('c', 3),
    participant('d', 4),
  ]
  const ranks = ['a', 'b', 'c', 'd'].map((id) => rankOf(participants, [`tab ${id}`], 4))
  expect(ranks).toEqual(['2nd', '1st', '4th', '3rd'].map((rank) => `You are ${rank} of 4.`))
  expect(rankOf(participants, ['tab nobody'], 4)).toBe('')
})
