// What somebody has chosen of a content, and how that is written down. Knows nothing of swarms.
import { Bitfield, type Content } from '@swarmdrop/core'
import { chunksOfFiles } from '@swarmdrop/core/files'
import { Placement } from '../stores/placement'
import type { KeptReceived } from './kept-transfer'

/** A bit for each file, and one for each chunk that holds any of them. */
export type Choice = { files: Bitfield; chunks: Bitfield }

export function choiceOf({ manifest, layout }: Content, files: Bitfield): Choice {
  return { files, chunks: chunksOfFiles(layout, manifest.files, files) }
}

export const wholeChoice = (content: Content): Choice => choiceOf(content, Bitfield.full(content.manifest.files.length))

/** Where each chunk of a choice lies in its file: only what is chosen takes space. */
export const placementFor = ({ layout }: Content, { chunks }: Choice): Placement =>
  chunks.isComplete ? Placement.whole(layout) : Placement.none(layout).with(chunks)

type Written = Pick<KeptReceived, 'chosen' | 'placed'>

/** A choice as it is written down; nothing for a content that is fetched whole and lies in its own order. */
export const written = ({ files }: Choice, placement: Placement, { layout }: Content): Written => ({
  chosen: files.isComplete ? undefined : files.toBytes(),
  placed: isInOrder(placement, layout.chunkCount)
    ? undefined
    : { runs: placement.runs.map(([first, end]) => [first, end]), bytes: placement.bytes },
})

/** Reads a choice. One that cannot be read counts as none: chunks are proved wherever they are looked for. */
export function readChoice(content: Content, { chosen, placed }: Written): { choice: Choice; placement: Placement } {
  const files = chosen && Bitfield.fromBytes(content.manifest.files.length, chosen)
  const choice = files ? choiceOf(content, files) : wholeChoice(content)
  const placement = placed && Placement.read(content.layout, placed.runs)
  return { choice, placement: (placement ?? Placement.whole(content.layout)).with(choice.chunks) }
}

const isInOrder = ({ runs }: Placement, chunkCount: number): boolean =>
  runs.length === (chunkCount === 0 ? 0 : 1) && (runs[0]?.[1] ?? 0) - (runs[0]?.[0] ?? 0) === chunkCount
