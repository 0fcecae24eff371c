// Which files of a content are chosen, as somebody chooses one after the other, and which are whole. Fetches and keeps
// nothing.
import type { Bitfield, Content, HeldChunks } from '@swarmdrop/core'
import { fileOffsets, fileRange, isWhole } from '@swarmdrop/core/files'
import { type Choice, choiceOf } from '../library/choice'

export class ChosenFiles {
  #taken: Choice | undefined
  /** The choice that is made and not taken yet, as space for it is looked for. */
  #wish: Choice | undefined
  #isTaking = false
  #offsets: number[] | undefined

  constructor(taken: Choice | undefined) {
    this.#taken = taken
  }

  /** The choice that is fetched; undefined: all. */
  get taken(): Choice | undefined {
    return this.#taken
  }

  /** The files that the person has chosen, a bit each, not to be altered; undefined: all. */
  get files(): Bitfield | undefined {
    return (this.#wish ?? this.#taken)?.files
  }

  /** Takes a choice at once: nothing is fetched yet. */
  set(choice: Choice): void {
    this.#taken = choice
  }

  /** Takes one choice after the other; of those that come meanwhile, the last. `take` says whether it was possible. */
  async wish(content: Content, files: Bitfield, take: (choice: Choice) => Promise<boolean>): Promise<void> {
    this.#wish = choiceOf(content, files)
    if (this.#isTaking) return
    this.#isTaking = true
    try {
      for (let wish: Choice | undefined = this.#wish; wish; wish = this.#wish) {
        if (await take(wish)) this.#taken = wish
        if (this.#wish === wish) this.#wish = undefined
      }
    } finally {
      this.#isTaking = false
    }
  }

  /** Whether this file is here to its last byte. */
  isWhole({ manifest, layout }: Content, file: number, held: HeldChunks): boolean {
    this.#offsets ??= fileOffsets(manifest.files)
    return isWhole(layout, fileRange(manifest.files, this.#offsets, file), held)
  }
}
