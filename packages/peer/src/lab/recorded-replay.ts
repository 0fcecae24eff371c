// A recorded run as pictures need it, and which chunks each held at any moment. Knows nothing of how it was recorded,
// or is drawn.
import { Bitfield } from '@swarmdrop/core'
import { groups } from './recorder'
import { GAINED_FIELDS, type Recording, readRecording, SENT_FIELDS, SENT_UNIT_BYTES } from './recording'
import { freeRidersOf, type Replay, type ReplaySample, seriesOf } from './replay'
import type { LabResult } from './results'

/** The replay of a result; undefined where nothing was recorded, or what was does not belong to this result. */
export function replayOfResult({
  recording: text,
  experiment,
  measured,
}: Pick<LabResult, 'recording' | 'experiment' | 'measured'>): RecordedReplay | undefined {
  const recording = text === undefined ? undefined : readRecording(text)
  if (recording?.names.length !== measured.peers.length + 1) return undefined
  const { names, marks, chunkCount, turns } = recording
  const samples = samplesOf(recording)
  return {
    names,
    marks,
    chunkCount,
    samples,
    moves: recording.moves.map(([atMs, peer, came]) => ({
      atSeconds: atMs / 1_000,
      peer,
      what: came ? ('joined' as const) : ('left' as const),
    })),
    freeRiders: freeRidersOf(experiment),
    spans: turns.map(([from, to, fromMs, untilMs, byLot]) => ({
      from,
      to,
      fromSeconds: fromMs / 1_000,
      untilSeconds: untilMs / 1_000,
      optimistic: byLot === 1,
    })),
    series: seriesOf(names, samples, chunkCount, measured, marks),
    endSeconds: samples.at(-1)?.atSeconds ?? 0,
    gained: recording.gained,
  }
}

export type RecordedReplay = Replay & Pick<Recording, 'gained'>

/** What each held at a sample, a bit a chunk. */
export function holdingsAt({ names, chunkCount, gained }: RecordedReplay, index: number): Uint8Array[] {
  const held = names.map((_, peer) => (peer === 0 ? Bitfield.full(chunkCount) : new Bitfield(chunkCount)))
  for (const moment of gained.slice(0, index + 1))
    for (const [peer = 0, chunk = 0] of groups(moment, GAINED_FIELDS)) held[peer]?.set(chunk)
  return held.map((bits) => bits.toBytes())
}

function samplesOf({ names, chunkCount, atMs, gained, sent, moves }: Recording): ReplaySample[] {
  const held = names.map((_, peer) => (peer === 0 ? Bitfield.full(chunkCount) : new Bitfield(chunkCount)))
  return atMs.map((at, index) => {
    for (const [peer = 0, chunk = 0] of groups(gained[index] ?? [], GAINED_FIELDS)) held[peer]?.set(chunk)
    const copies = new Array<number>(chunkCount).fill(0)
    const present = new Set<number>()
    for (const [movedAt, peer, came] of moves) {
      if (movedAt > at) break
      if (came) present.add(peer)
      else present.delete(peer)
    }
    for (const peer of present)
      for (const chunk of held[peer]?.indices() ?? []) copies[chunk] = (copies[chunk] ?? 0) + 1
    return {
      atSeconds: at / 1_000,
      held: held.map(({ count }) => count),
      copies,
      flows: groups(sent[index] ?? [], SENT_FIELDS).map(([from = 0, to = 0, units = 0]): [number, number, number] => [
        from,
        to,
        units * SENT_UNIT_BYTES,
      ]),
    }
  })
}
