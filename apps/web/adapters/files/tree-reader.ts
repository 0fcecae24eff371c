// Looks through one thing that was dropped or chosen, step by step: first for names, then opens what they are of. Knows
// nothing of threads, nor of how much may be shared.
import { type LeftOut, type WhyLeftOut, whyNotOpened } from './left-out'
import type { FileThing, Thing } from './things'

/** A step ends about then, so that progress is told and somebody can stop it. */
const STEP_MS = 30
/** Each waits for the browser's own process, which has several at once under way. */
const OPENED_AT_ONCE = 8

/** Names of files found in this step, and of all folders. `leftOut`: folders that cannot be looked into. */
export type FoundStep = { paths: string[]; folders: string[]; leftOut: LeftOut[]; done: boolean }
/** What was opened, in the order in which the names were found. */
export type OpenedStep = { opened: (File | WhyLeftOut)[]; done: boolean }

/** `findOn` until it is done, then `openOn` until that is. */
export interface Finder {
  findOn(): Promise<FoundStep>
  openOn(): Promise<OpenedStep>
  /** Opens the file that was found at this path, as it is then. */
  reopen(path: string): Promise<File>
  close(): void
}

export class TreeReader implements Finder {
  readonly #now: () => number
  readonly #walking: AsyncIterator<FileThing>
  readonly #files: FileThing[] = []
  #leftOut: LeftOut[] = []
  #folders: string[] = []
  #next = 0
  #closed = false

  constructor(root: Thing, now = () => performance.now()) {
    this.#now = now
    this.#walking = this.#filesIn(root)
  }

  async findOn(): Promise<FoundStep> {
    const endsAt = this.#now() + STEP_MS
    const paths: string[] = []
    let done = false
    while (!done && !this.#closed && this.#now() < endsAt) {
      const step = await this.#walking.next()
      done = step.done === true
      if (step.done) break
      this.#files.push(step.value)
      paths.push(step.value.path)
    }
    const found = { paths, folders: this.#folders, leftOut: this.#leftOut, done }
    this.#folders = []
    this.#leftOut = []
    return found
  }

  async openOn(): Promise<OpenedStep> {
    const endsAt = this.#now() + STEP_MS
    const first = this.#next
    const opened: (File | WhyLeftOut)[] = []
    const openNext = async () => {
      for (let file = this.#files[this.#next]; file && !this.#closed; file = this.#files[this.#next]) {
        const place = this.#next - first
        this.#next += 1
        opened[place] = await file.open().catch(whyNotOpened)
        if (this.#now() >= endsAt) break
      }
    }
    await Promise.all(Array.from({ length: OPENED_AT_ONCE }, openNext))
    return { opened, done: this.#next >= this.#files.length }
  }

  async reopen(path: string): Promise<File> {
    const file = this.#files.find((one) => one.path === path)
    if (!file) throw new DOMException(path, 'NotFoundError')
    return file.open()
  }

  close(): void {
    this.#closed = true
  }

  async *#filesIn(thing: Thing): AsyncGenerator<FileThing> {
    if (thing.kind === 'file') return yield thing
    this.#folders.push(thing.path)
    try {
      for await (const child of thing.children()) yield* this.#filesIn(child)
    } catch (error) {
      this.#leftOut.push({ path: thing.path, why: whyNotOpened(error), folder: true })
    }
  }
}
