// A folder that is known by its handle, looked through in a worker, or here where no worker starts or takes it. Knows
// nothing of what is found.
import { WorkerCalls, WorkerFailed } from '../workers/worker-calls'
import { fileBelow, thingOfHandle } from './things'
import type { TreeMethods } from './tree.worker'
import { type Finder, type FoundStep, type OpenedStep, TreeReader } from './tree-reader'

export class FolderFinder implements Finder {
  readonly #root: FileSystemDirectoryHandle
  #calls: WorkerCalls<TreeMethods> | undefined
  #here: TreeReader | undefined
  #closed = false

  constructor(root: FileSystemDirectoryHandle) {
    this.#root = root
    if (typeof Worker === 'undefined') this.#here = new TreeReader(thingOfHandle(root))
  }

  async findOn(): Promise<FoundStep> {
    try {
      if (!this.#here) return (await (await this.#begun()).call('findOn', [])) ?? nothing
    } catch (error) {
      const isRefused = error instanceof WorkerFailed || (error as Error).name === 'DataCloneError'
      if (!isRefused || this.#closed || this.#here) throw error
      this.#here = new TreeReader(thingOfHandle(this.#root))
    }
    return this.#here.findOn()
  }

  async openOn(): Promise<OpenedStep> {
    return this.#here?.openOn() ?? (await this.#calls?.call('openOn', [])) ?? { opened: [], done: true }
  }

  reopen(path: string): Promise<File> {
    return fileBelow(this.#root, path)
  }

  close(): void {
    this.#closed = true
    this.#calls?.close()
    this.#here?.close()
  }

  async #begun(): Promise<WorkerCalls<TreeMethods>> {
    if (this.#calls) return this.#calls
    this.#calls = new WorkerCalls(new Worker(new URL('./tree.worker.ts', import.meta.url), { type: 'module' }))
    await this.#calls.call('begin', [this.#root])
    return this.#calls
  }
}

const nothing: FoundStep = { paths: [], folders: [], leftOut: [], done: true }
