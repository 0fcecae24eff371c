// What is put together in tests: real files, really hashed; only the swarm is not there.
import { buildContent, formatLinkId } from '@swarmdrop/core'
import type { Picked } from '../../adapters/files/picking'
import { hashReadable } from '../../adapters/hashing/hash-readable'
import { type Gathered, Gathering, type Share } from '../gathering'

/** What stands for a transfer: its link is the right one. */
export class Session {
  isClosed = false
  readonly paths: string[]
  readonly folders: readonly string[]
  readonly link: string

  constructor(id: Uint8Array, paths: string[], folders: readonly string[]) {
    this.paths = paths
    this.folders = folders
    this.link = `https://drop.example.org/#${formatLinkId(id)}`
  }

  getSnapshot = () => ({ link: this.link })

  close(): void {
    this.isClosed = true
  }
}

export const share: Share<Session> = async ({ files, folders }, { onProgress, signal }) => {
  const { hashed, picked: read, leftOut } = await hashReadable(files, onProgress, signal)
  const { id } = buildContent(hashed.files, hashed.digests).content
  return {
    session: new Session(
      id,
      hashed.files.map(({ path }) => path),
      folders,
    ),
    picked: read,
    leftOut,
  }
}

const file = (path: string, bytes: BlobPart = path) =>
  Object.assign(new File([bytes], path.split('/').at(-1) ?? '', { lastModified: 1 }), { webkitRelativePath: path })
export const picked = (...paths: string[]): Picked => ({
  files: paths.map((path) => ({ file: file(path), path })),
  folders: [],
  leftOut: [],
  silent: paths.length > 0,
})

/** A pick that is opened when the test says so. */
export function opening() {
  let done: (found: Picked) => void = () => {}
  let failed: (error: Error) => void = () => {}
  const picking = new Promise<Picked>((resolve, reject) => {
    done = resolve
    failed = reject
  })
  return { picking, done, failed }
}

/** All that needs no disk is done. */
export const settled = () => new Promise((resolve) => setImmediate(resolve))

export type Step = Gathered<Session>['step']

export function gatheringOf(sharing: Share<Session> = share, isProtected?: (id: string) => boolean) {
  const gathering = new Gathering(sharing, isProtected)
  const steps: Step[] = []
  gathering.subscribe(() => steps.push(gathering.getSnapshot().step))
  const until = async (isThere: (now: Gathered<Session>) => boolean) => {
    let unsubscribe = () => {}
    await new Promise<void>((resolve) => {
      const look = () => isThere(gathering.getSnapshot()) && resolve()
      unsubscribe = gathering.subscribe(look)
      look()
    })
    unsubscribe()
  }
  const at = async <Wanted extends Step>(step: Wanted) => {
    await until((now) => now.step === step)
    return gathering.getSnapshot() as Extract<Gathered<Session>, { step: Wanted }>
  }
  return { gathering, steps, at, until }
}

/** A `share` whose result is held back until the test lets it go. */
export function heldBack() {
  const calls: { paths: string[]; signal: AbortSignal; go: () => void }[] = []
  const slow: Share<Session> = async (chosen, how) => {
    const paths = chosen.files.map(({ path }) => path)
    await new Promise<void>((go) => calls.push({ paths, signal: how.signal, go }))
    return share(chosen, how)
  }
  return { slow, calls }
}
