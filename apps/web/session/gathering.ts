// The share that is being put together, from the first thing chosen to its link: more can join it until that is there.
// Knows nothing of how it is drawn, of how files are hashed, or of the swarm.
import { Snapshots } from '@swarmdrop/peer'
import { joined, nothingPicked } from '../adapters/files/joined'
import type { LeftOut } from '../adapters/files/left-out'
import type { Picked, PickedFile, Search } from '../adapters/files/picking'
import type { SearchProgress } from '../adapters/files/search'
import type { HashingProgress } from '../adapters/hashing/hash-files'
import { type Unmeant, unmeantAmong, unmeantFinder } from './unmeant'

/** What is picked: to be looked through, or looked through already. */
export type Picking = Search | Picked | Promise<Picked>

export type Gathered<Session> =
  | { step: 'choosing'; problem?: string }
  /** What was chosen is found and opened, and then read; `totalBytes` is 0 until it is known. */
  | { step: 'hashing'; progress: HashingProgress | SearchProgress }
  /**
   * The person is asked, and nothing is read before the answer. `count`: of all files; `rest`: of those that are there
   * without the unmeant ones.
   */
  | { step: 'asking'; unmeant: Unmeant[]; count: number; rest: number }
  | ({ step: 'sharing'; session: Session } & Shared)

export type Shared = {
  /** The content was shared again, and is not what it was. */
  isOtherLink: boolean
  /** The link before had a password. */
  wasProtected: boolean
  /** The files and folders left out, of `chosen` ones. */
  leftOut: LeftOut[]
  chosen: number
  /** The browser may have left out more, and does not say so. */
  silent: boolean
  /** Something that was to be added could not be, in a sentence for the person. */
  problem?: string
}

type Shareable = { close(): void; getSnapshot(): { link: string } }
/**
 * Hashes files and serves them; `picked`: those that could be read. Rejects with an Error whose message is for the
 * person.
 */
export type Share<Session> = (
  picked: Pick<Picked, 'files' | 'folders'>,
  how: ShareOptions,
) => Promise<{ session: Session; picked: PickedFile[]; leftOut: LeftOut[] }>
/** `formerId`: of the link that it had when it was shared before. */
export type ShareOptions = {
  formerId?: string | undefined
  onProgress: (progress: HashingProgress) => void
  signal: AbortSignal
}

type Round<Session> = {
  picked: Picked
  /** Things chosen that are not opened yet. */
  opening: number
  /** Aborts the looking through. */
  search: AbortController
  /** Aborts the hashing that is under way. */
  hashing: AbortController
  /** Paths, unmeant or not, that are shared: somebody has said so. */
  agreed: Set<string>
  formerId?: string | undefined
  /** Under a link that had one. */
  wasProtected: boolean
  problem?: string
  session?: Session
}

const NOT_YET: HashingProgress = { hashedBytes: 0, totalBytes: 0 }
const NOTHING_PICKED = 'There is no file in what you chose. Choose at least one file.'
const NOTHING_OPENED = 'None of your files could be opened. Check their permissions, and try again.'

export class Gathering<Session extends Shareable> {
  readonly #share: Share<Session>
  readonly #isProtected: (id: string) => boolean
  readonly #snapshots = new Snapshots<{ now: Gathered<Session> }>({ now: { step: 'choosing' } })
  #round: Round<Session> | undefined

  /** `isProtected`: whether the link has a password here. */
  constructor(share: Share<Session>, isProtected: (id: string) => boolean = () => false) {
    this.#share = share
    this.#isProtected = isProtected
  }

  readonly subscribe = (onChange: () => void): (() => void) => this.#snapshots.subscribe(onChange)
  readonly getSnapshot = (): Gathered<Session> => this.#snapshots.get().now

  /**
   * Puts together this alone; whatever was there ends. `formerId`: of the link that it had when it was shared before.
   */
  start(picking: Picking, formerId?: string): void {
    const wasProtected = formerId !== undefined && this.#isProtected(formerId)
    this.#begin(nothingPicked, new Set(), wasProtected, formerId)
    this.#take(picking)
  }

  /** Adds this to what is being put together. After the link is there: a new link, of what is shared and of this. */
  add(picking: Picking): void {
    const before = this.#round
    if (!before) this.#begin(nothingPicked, new Set(), false)
    else if (before.session) this.#begin(before.picked, before.agreed, this.#isProtected(idOf(before.session)))
    this.#take(picking)
  }

  /** Answers the question about unmeant files. Somebody who leaves out everything has nothing to share. */
  answer(what: 'share-all' | 'leave-out'): void {
    const round = this.#round
    if (!round || this.getSnapshot().step !== 'asking') return
    const unmeantOf = unmeantFinder()
    const isMeant = (path: string) => unmeantOf(path) === undefined || round.agreed.has(path)
    const { files, folders } = round.picked
    if (what === 'share-all') for (const path of [...files.map((one) => one.path), ...folders]) round.agreed.add(path)
    else {
      const meant = { files: files.filter(({ path }) => isMeant(path)), folders: folders.filter(isMeant) }
      round.picked = { ...round.picked, ...meant }
    }
    if (round.picked.files.length === 0) this.cancel()
    else void this.#goOn(round)
  }

  /** Ends the gathering: nothing is shared any more, and nothing is put together. */
  cancel(problem?: string): void {
    this.close()
    this.#show(problem === undefined ? { step: 'choosing' } : { step: 'choosing', problem })
  }

  /** Ends the gathering as `cancel` does, when nobody looks any more. */
  close(): void {
    this.#round?.search.abort()
    this.#round?.hashing.abort()
    this.#round?.session?.close()
    this.#round = undefined
  }

  #begin(picked: Picked, agreed: Set<string>, wasProtected: boolean, formerId?: string): void {
    this.close()
    // What could not be opened then has been said by then.
    this.#round = {
      picked: { ...picked, leftOut: [] },
      agreed,
      wasProtected,
      formerId,
      opening: 0,
      search: new AbortController(),
      hashing: new AbortController(),
    }
  }

  #take(picking: Picking): void {
    const round = this.#round
    if (!round) return
    round.hashing.abort()
    round.opening += 1
    this.#show({ step: 'hashing', progress: NOT_YET })
    const takeIn = (more: Picked) => {
      // Others have joined it: it is no longer what it was.
      if (round.picked.files.length > 0) round.formerId = undefined
      round.picked = joined(round.picked, more)
    }
    const goOn = () => {
      round.opening -= 1
      if (round.opening === 0) return this.#goOn(round)
    }
    const refuse = (error: unknown) => {
      round.problem = messageOf(error)
    }
    void this.#look(picking, round).then(takeIn).catch(refuse).then(goOn)
  }

  async #look(picking: Picking, round: Round<Session>): Promise<Picked> {
    if (typeof picking !== 'function') return picking
    const { signal } = round.search
    const onProgress = (progress: SearchProgress) => {
      if (!signal.aborted) this.#show({ step: 'hashing', progress })
    }
    const unmeantOf = unmeantFinder()
    // What is asked about may be left out: a folder of a few files is not refused for the thousands of its
    // `node_modules`.
    return picking({ signal, onProgress, counts: (path) => unmeantOf(path) === undefined })
  }

  async #goOn(round: Round<Session>): Promise<void> {
    if (round !== this.#round) return
    const { files, leftOut, silent } = round.picked
    if (files.length === 0) return this.cancel(round.problem ?? (leftOut.length > 0 ? NOTHING_OPENED : NOTHING_PICKED))
    const unmeant = unmeantAmong(files.map(({ path }) => path).filter((path) => !round.agreed.has(path)))
    if (unmeant.length > 0) return this.#show(askingOf(unmeant, files.length))

    round.hashing = new AbortController()
    const { signal } = round.hashing
    const show = (progress: HashingProgress) => {
      if (!signal.aborted) this.#show({ step: 'hashing', progress })
    }
    try {
      show(NOT_YET)
      const {
        session,
        picked,
        leftOut: unread,
      } = await this.#share(round.picked, {
        formerId: round.formerId,
        onProgress: show,
        signal,
      })
      if (signal.aborted) return session.close()
      round.session = session
      round.picked = { ...round.picked, files: picked }
      this.#show({
        step: 'sharing',
        session,
        isOtherLink: round.formerId !== undefined && idOf(session) !== round.formerId,
        wasProtected: round.wasProtected,
        leftOut: [...leftOut, ...unread],
        chosen: files.length + leftOut.length,
        silent,
        ...(round.problem !== undefined && { problem: round.problem }),
      })
    } catch (error) {
      if (!signal.aborted) this.cancel(messageOf(error))
    }
  }

  #show(now: Gathered<Session>): void {
    this.#snapshots.replace({ now })
  }
}

const idOf = (session: Shareable) => {
  const { link } = session.getSnapshot()
  return link.slice(link.lastIndexOf('#') + 1)
}

function askingOf(unmeant: Unmeant[], count: number): Gathered<never> {
  const rest = count - unmeant.reduce((sum, { files }) => sum + files, 0)
  return { step: 'asking', unmeant, count, rest }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
