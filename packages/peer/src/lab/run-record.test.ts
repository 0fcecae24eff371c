// What is said of a run: its notes.
import { CHUNK_BYTES, DIGEST_BYTES, layoutOf } from '@swarmdrop/core'
import { expect, it } from 'vitest'
import type { RoomLine } from '../line/room-line'
import { newRunRecord, viewOf } from './run-record'
import { experimentOf, firstSettings } from './settings'

/** The notes on a run whose participants' pages stood still for these shares of it. */
function notesOn(shares: Record<string, number>): string[] {
  const names = Object.keys(shares)
  const experiment = experimentOf(firstSettings, 'p2p', names.length)
  const chunkBytes = experiment.chunkBytes ?? CHUNK_BYTES
  const { chunkCount } = layoutOf(experiment.fileBytes, chunkBytes)
  const record = newRunRecord(
    {
      id: 'a run',
      experiment,
      data: {
        name: 'data.bin',
        bytes: new Uint8Array(experiment.fileBytes),
        digests: new Uint8Array(chunkCount * DIGEST_BYTES),
        chunkBytes,
      },
      participants: names.map((name, i) => ({ id: name, name, mark: i + 1, seat: i + 1 })),
      room: {} as RoomLine,
    },
    0,
    0,
  )
  for (const [id, stoodStillShare] of Object.entries(shares)) {
    const amounts = { uploadedBytes: 0, downloadedBytes: 0, neighbours: [] }
    record.board.take(
      id,
      { ids: [id], held: new Uint8Array(Math.ceil(chunkCount / 8)), ...amounts, stoodStillShare },
      1,
    )
  }
  return viewOf(record, 1, 0).notes
}

it('names the page that stood still', () => {
  expect(notesOn({ Ada: 0.1, Eve: 0.42 })).toEqual(['Eve’s page froze for 42 % of the run.'])
})

it('names all pages that stood still in one note, of many the first', () => {
  expect(notesOn({ Ada: 0.11, Bob: 0, Eve: 0.42 })).toEqual([
    'Pages that froze for more than 10 % of the run: Ada (11 %), Eve (42 %).',
  ])
  const many = (count: number) =>
    notesOn(Object.fromEntries(Array.from({ length: count }, (_, i) => [`P${i + 1}`, 0.2])))
  const five = 'Pages that froze for more than 10 % of the run: P1 (20 %), P2 (20 %), P3 (20 %), P4 (20 %), P5 (20 %)'
  expect([5, 6, 60].map(many)).toEqual([[`${five}.`], [`${five} and 1 other.`], [`${five} and 55 others.`]])
})
