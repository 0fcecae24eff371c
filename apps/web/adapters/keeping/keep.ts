// Where a received content is kept beyond its page, and how it is found again. Each step is done elsewhere.
import { type Bitfield, type Content, contentName, formatLinkId, StoreError } from '@swarmdrop/core'
import { type Database, openDatabase } from '../stores/database'
import { DatabaseStore } from '../stores/database-store'
import { openReceiverStore } from '../stores/open-receiver-store'
import { OpfsStore } from '../stores/opfs-store'
import { hasFileSystem } from '../stores/private-files'
import type { ReceiverStore } from '../stores/receiver-store'
import type { Pages, RecoveryProgress } from '../stores/recovery'
import { missingBytes } from '../stores/space'
import { claimContent } from './claims'
import { deleteKept, makeRoom, sweepKept } from './clearing'
import { keptPlace } from './kept-place'
import type { KeptReceived } from './kept-transfer'
import { provedContent, receivedTransfer, writeManifest, writeTransfer } from './records'
import { TransferLog } from './transfer-log'

/**
 * `kept`: beyond this page. `beside-another-tab`: another tab keeps it, and this one has a copy of its own that goes with it.
 * `while-open`: this browser keeps nothing.
 */
export type Keeping = 'kept' | 'beside-another-tab' | 'while-open'

type Kept = { store: ReceiverStore; log: TransferLog; held: Bitfield }
/** What an earlier page has left of a link. */
export type Reopened = Kept & Pick<KeptReceived, 'stage' | 'saved'> & { content: Content; pages: Pages }
/** Where chunks go from now on. `held`: those that are there already. */
export type Opened = { keeping: Keeping; store: ReceiverStore } & Partial<Kept>

/**
 * Proves what an earlier page has kept of a link, and opens it. Undefined where nothing is kept, where another tab has it, or
 * where nothing of it can be read any more.
 */
export async function reopenKept(contentId: Uint8Array, onProgress: RecoveryProgress): Promise<Reopened | undefined> {
  const id = formatLinkId(contentId)
  const database = await openDatabase()
  if (!database || !(await receivedTransfer(database, id).catch(() => undefined))) return undefined
  const release = await claimContent(id)
  if (!release) return undefined
  try {
    // Read again: until it was claimed, it was another page's to change.
    const record = await receivedTransfer(database, id)
    const known = record && (await provedContent(database, id, contentId))
    if (!known) return void release()
    const kept = await openAt(record.place, database, record, known.content, known.pages, release, onProgress)
    const { stage, saved } = record
    return { ...kept, ...known, stage, saved }
  } catch {
    // Not deleted: what cannot be opened now may be opened later. The link works as if nothing were kept.
    return void release()
  }
}

/**
 * A place for the chunks of a content that is fetched from now on. Rejects with StoreError when there is no space for it. `onRoom`
 * is called before, as soon as it is known that nothing of it is kept and that there is room: making the place takes longer.
 */
export async function keepContent(content: Content, onRoom: () => void): Promise<Opened> {
  const id = formatLinkId(content.id)
  const [release, database] = await Promise.all([claimContent(id), openDatabase()])
  if (release && database) {
    try {
      const kept = await openNew(database, id, content, release, onRoom)
      // Nobody waits for it, and whoever has just come finds its own place known.
      void sweepKept(database).catch(() => {})
      return { keeping: 'kept', ...kept }
    } catch (error) {
      release()
      if (error instanceof StoreError && error.code === 'no-space') throw error
      // A browser may have a database and refuse to use it: then nothing is kept, and all goes on.
      return { keeping: 'while-open', store: await openReceiverStore(content.layout) }
    }
  }
  release?.()
  void foresee(content, onRoom)
  const store = await openReceiverStore(content.layout)
  return { keeping: release ? 'while-open' : 'beside-another-tab', store }
}

/** Never fails: whoever makes the place asks again, and says why there is none. */
async function foresee({ layout }: Content, onRoom: () => void): Promise<void> {
  const missing = await missingBytes(layout.totalBytes).catch(() => undefined)
  if (missing === 0) onRoom()
}

async function openNew(
  database: Database,
  id: string,
  content: Content,
  release: () => void,
  onRoom: () => void,
): Promise<Kept> {
  const earlier = await receivedTransfer(database, id)
  const known = earlier && (await provedContent(database, id, content.id))
  // Another tab had it when this one looked, and has let go of it since.
  if (known) return openAt(earlier.place, database, earlier, content, known.pages, release, () => {})

  await makeRoom(database, content.layout.totalBytes)
  onRoom()
  void navigator.storage?.persist?.().catch(() => {})
  const record: Omit<KeptReceived, 'place'> = {
    id,
    name: contentName(content.manifest),
    bytes: content.layout.totalBytes,
    openedAtMs: Date.now(),
    role: 'receiver',
    stage: 'fetching',
    heldBytes: 0,
    saved: false,
  }
  const places = hasFileSystem() ? (['files', 'database'] as const) : (['database'] as const)
  let problem: unknown
  for (const place of places) {
    try {
      // Before the store, so that whatever takes space is in the list.
      await Promise.all([writeManifest(database, id, content), writeTransfer(database, { ...record, place })])
      return await openAt(place, database, { ...record, place }, content, [], release, () => {})
    } catch (error) {
      problem = error
      await deleteKept(database, { ...record, place }).catch(() => {})
      if (error instanceof StoreError && error.code === 'no-space') break
    }
  }
  throw problem
}

async function openAt(
  place: KeptReceived['place'],
  database: Database,
  record: KeptReceived,
  { layout }: Content,
  pages: Pages,
  release: () => void,
  onProgress: RecoveryProgress,
): Promise<Kept> {
  const store =
    place === 'files'
      ? await OpfsStore.open(layout, keptPlace(record.id, release))
      : await DatabaseStore.open(database, record.id, layout, release)
  try {
    const held = await store.recover(pages, onProgress)
    const opened = { ...record, openedAtMs: Date.now() }
    await writeTransfer(database, opened)
    return { store, held, log: new TransferLog(database, opened) }
  } catch (error) {
    await store.close()
    throw error
  }
}
