import type { ChunkMap, NeighbourSnapshot } from '@swarmdrop/core'
import type { ParticipantSummary } from '@swarmdrop/peer/lab'
import { expect, it } from 'vitest'
import { numberOfMark } from '../ui/people'
import { Classmates } from './classmates'

const participant = (name: string, mark: number, id: string): ParticipantSummary => ({
  id: name,
  name,
  mark,
  ids: [id],
  stage: 'taking-part',
  held: 0,
})
const neighbour = (id: string, number: number) => ({ id, number }) as NeighbourSnapshot

it('draws each chunk in the mark of its sender, also of one who has left, and is not muddled by the page’s own numbers', () => {
  const classmates = new Classmates()
  classmates.know([participant('Server', 0, 's'), participant('Ada', 9, 'a')], [neighbour('s', 2), neighbour('a', 1)])
  // Ada has left, and is back under another id.
  classmates.know([participant('Server', 0, 's'), participant('Ada', 9, 'b')], [neighbour('s', 2), neighbour('b', 3)])
  const from = Uint16Array.from([0, 1, 2, 3, 4])
  const drawn = classmates.drawn({ state: new Uint8Array(5), copies: new Uint16Array(5), from } as ChunkMap)
  const ada = numberOfMark(9)
  expect([...drawn.from]).toEqual([0, ada, 40, ada, 40])
  expect([classmates.nameOfNumber(ada), classmates.nameOfNumber(40), classmates.numberOf('b')]).toEqual([
    'Ada',
    'Server',
    ada,
  ])
})
