// Transfers of this page: open a link, or share files. Knows nothing of how they are drawn.
import { Bitfield, contentName, formatLinkId, parseLinkId } from '@swarmdrop/core'
import { type Gate, Receiving, Sending, Transfer, type TransferOptions } from '@swarmdrop/peer'
import { browserRandom } from '../adapters/device/browser-random'
import { type PickedFile, rootsOf } from '../adapters/files/picking'
import { type Built, buildOffThread } from '../adapters/hashing/content-off-thread'
import type { HashedFiles } from '../adapters/hashing/hash-files'
import { hashReadable } from '../adapters/hashing/hash-readable'
import { closeEarlySocket, expectLine } from '../adapters/network/tracker-lines'
import { FileStore } from '../adapters/stores/file-store'
import { expectOpfsStore } from '../adapters/stores/opfs-store'
import type { ReceiverStore } from '../adapters/stores/receiver-store'
import { addressOf } from './base-path'
import { ownDeviceName } from './device-name'
import { FormerDates, withoutMore } from './former-dates'
import type { Share } from './gathering'
import { register } from './inspection'
import { tabModeration } from './moderation'
import { trackerUrl } from './page-setup'
import { followPassword, gateFor } from './password-following'
import { passwordKeyOf } from './password-keys'
import { pageLibrary, swarmPorts } from './ports'
import { kindOf, rememberSharedHere } from './shared-here'

export type ReceivingTransfer = Transfer<Receiving<ReceiverStore>>
export type SendingTransfer = Transfer<Sending>
/** Whichever side this page is on. */
export type Session = ReceivingTransfer | SendingTransfer

/** How far the proof is of what an earlier page has left here, which comes before anything else. */
export type CheckingProgress = { checkedChunks: number; chunkCount: number }

/** Why nothing can work in this browser, in a sentence for the person. */
export function webRtcProblem(): string | undefined {
  if (typeof RTCPeerConnection !== 'undefined') return undefined
  return 'Swarmdrop connects browsers by WebRTC, which this one lacks or has switched off. Open the page in a current Chrome, Edge, Firefox or Safari.'
}

/** A transfer whose page is still being put together. */
type Expected = {
  id: string
  opened: Promise<ReceivingTransfer>
  /** Tells anyone who takes it over how far it is by then, and all that follows. */
  hear: (onChecking: (progress: CheckingProgress) => void) => void
  abort: AbortController
}
let expected: Expected | undefined

/**
 * Opens this link now; the next one who opens it gets what has come of it. `id`: the link's 43 characters; undefined:
 * there is none.
 */
export function expectLink(id: string | undefined): void {
  if (id === undefined || webRtcProblem() !== undefined) return closeEarlySocket()
  expectLine(trackerUrl())
  expectOpfsStore()
  const abort = new AbortController()
  let known: CheckingProgress | undefined
  let tell = (progress: CheckingProgress) => {
    known = progress
  }
  const opened = openNow(id, (progress) => tell(progress), abort.signal)
  // Told to anyone who takes it over.
  opened.catch(() => {})
  const hear: Expected['hear'] = (onChecking) => {
    tell = onChecking
    if (known) onChecking(known)
  }
  expected = { id, opened, hear, abort }
}

/**
 * Joins the swarm of a link and looks what is in it. What an earlier page has kept of it is proved first, and goes on
 * by itself. `id`: the link's 43 characters; rejects with Error if they are none. Aborted, nothing comes of it.
 */
export function openLink(
  id: string,
  onChecking: (progress: CheckingProgress) => void,
  signal: AbortSignal,
): Promise<ReceivingTransfer> {
  const ready = expected
  expected = undefined
  if (ready?.id !== id) {
    ready?.abort.abort()
    ready?.opened.then((session) => session.close()).catch(() => {})
    return openNow(id, onChecking, signal)
  }
  ready.hear(onChecking)
  signal.addEventListener('abort', () => ready.abort.abort())
  return ready.opened
}

async function openNow(
  id: string,
  onChecking: (progress: CheckingProgress) => void,
  signal: AbortSignal,
): Promise<ReceivingTransfer> {
  const parsed = parseLinkId(id)
  if (!parsed.ok) throw new Error(parsed.reason)
  const library = pageLibrary()
  const kept = await library.reopen(parsed.id, (checkedChunks, chunkCount) => {
    if (!signal.aborted) onChecking({ checkedChunks, chunkCount })
  })
  const lock = signal.aborted ? {} : await lockOf(id, kept?.locked)
  if (signal.aborted) await kept?.store.close()
  signal.throwIfAborted()
  return begin({ contentId: parsed.id, side: new Receiving(library, kept), start: kept }, lock)
}

/** Hashes what can be read of what was picked, and serves it. Rejects with an Error whose message is for the person. */
export const share: Share<SendingTransfer> = async (chosen, { formerId, onProgress, signal }) => {
  const { hashed, picked, leftOut } = await hashReadable(chosen.files, onProgress, signal)
  const listed = formerDates.given({ files: hashed.files, folders: chosen.folders }, formerId)
  let built = await buildOffThread({ ...listed, digests: hashed.digests }, signal)
  if (formerId !== undefined && formatLinkId(built.content.id) !== formerId) {
    const plain = await buildOffThread({ ...withoutMore(listed), digests: hashed.digests }, signal)
    if (formatLinkId(plain.content.id) === formerId) built = plain
  }
  const lock = await lockOf(formatLinkId(built.content.id))
  return { session: serve(built, hashed, picked, lock), picked, leftOut }
}

const formerDates = new FormerDates()

function serve(
  { content, pages }: Built,
  { sources, content: local, digests }: HashedFiles,
  picked: readonly PickedFile[],
  lock: Lock,
): SendingTransfer {
  const { id, manifest, layout } = content
  const shared = { id: formatLinkId(id), name: contentName(manifest) }
  formerDates.remember(shared.id, manifest)
  const [first] = picked
  if (picked.length === 1 && first?.note !== undefined) {
    // In the tab alone: a list that stays is no place for what somebody has written.
    const note = { text: first.note, writtenAt: first.file.lastModified }
    rememberSharedHere({ ...shared, kind: 'file', note })
  } else {
    rememberSharedHere({ ...shared, kind: kindOf(shared.name, manifest.files) })
    void pageLibrary().rememberShared({
      ...shared,
      bytes: layout.totalBytes,
      lone: manifest.files.length === 1 && manifest.files[0]?.path === contentName(manifest),
      handles: rootsOf(picked),
    })
  }
  let reopeners: Map<File, PickedFile['reopen']> | undefined
  const reopen = async (index: number) => {
    reopeners ??= new Map(picked.map(({ file, reopen }) => [file, reopen]))
    const found = reopeners.get(sources[index] ?? new File([], ''))
    if (!found) throw new Error('Only the person can choose it again.')
    return found()
  }
  const store = new FileStore(layout, local, digests, reopen)
  const held = Bitfield.full(layout.chunkCount)
  return begin({ contentId: id, side: new Sending(store), start: { content, pages, held, store } }, lock)
}

const NOBODYS_KEY_BYTES = 32

/** A link's password, as far as this browser knows one. */
type Lock = { key?: Uint8Array; gate?: Gate }

/** `isNeeded`: what is here was fetched with a password. Where its key is gone, nobody is let in until it is typed. */
async function lockOf(id: string, isNeeded = false): Promise<Lock> {
  const key = passwordKeyOf(id)
  if (key) return { key, gate: await gateFor(key) }
  return isNeeded ? { gate: await gateFor(browserRandom.bytes(NOBODYS_KEY_BYTES)) } : {}
}

/** Into the swarm, for as long as the page is there. */
function begin<S extends Sending | Receiving<ReceiverStore>>(
  options: Omit<TransferOptions<S>, 'link' | 'gate'>,
  { key, gate }: Lock,
): Transfer<S> {
  const id = formatLinkId(options.contentId)
  const link = addressOf(`/#${id}`)
  const transfer = new Transfer({ ...swarmPorts(), deviceName: ownDeviceName }, { ...options, link, gate })
  const unregister = register(transfer)
  const lookAtPassword = followPassword(transfer, id, key)
  // Said at once, so that nobody waits for a page that is gone.
  const visit = new AbortController()
  const { signal } = visit
  window.addEventListener('pagehide', () => transfer.leave(), { signal })
  // A browser that put the page away whole may bring it back so (its back/forward cache).
  const comeBack = () => void lookAtPassword().then(() => transfer.comeBack())
  window.addEventListener('pageshow', ({ persisted }) => persisted && comeBack(), { signal })
  transfer.onClosed(() => {
    unregister()
    visit.abort()
  })
  transfer.start()
  tabModeration().apply(transfer)
  // Set since this page has asked for it.
  void lookAtPassword()
  return transfer
}
