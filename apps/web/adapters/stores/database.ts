// The browser's database (IndexedDB) for what outlives a page: which transfers there are, and where no files can be
// kept, their chunks. It is there on plain HTTP too. Knows nothing of what its entries mean.
import { asStoreError, storageRefused } from '@swarmdrop/peer/stores'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { isStorageBlocked } from './blocked-storage'
import { againWhileClosed } from './reconnecting'

type Schema = DBSchema & {
  /** Transfers by role and id. Anyone who reads one checks it: it may be of another version, or damaged. */
  transfers: { key: [string, string]; value: unknown }
  /**
   * The manifest of each content that is kept, and its hash pages by number, all to be proved by anyone who reads them.
   */
  manifests: { key: string; value: unknown }
  pages: { key: [string, number]; value: unknown }
  chunks: { key: [string, number]; value: Blob }
}
export type Database = IDBPDatabase<Schema>

const NAME = 'swarmdrop'
const VERSION = 1

let opened: Promise<Database> | undefined

/** Opens the database. Rejects with StoreError where the browser has none or refuses it, as with blocked cookies. */
export function openDatabase(): Promise<Database> {
  opened ??= startOpening()
  return opened
}

function startOpening(): Promise<Database> {
  const forget = () => {
    if (opened === opening) opened = undefined
  }
  const opening = againWhileClosed(() => open(forget)).catch((error) => {
    // It may be allowed later.
    forget()
    // Chromium calls it an unknown error.
    throw isStorageBlocked() ? storageRefused() : asStoreError(error)
  })
  return opening
}

/** Another connection, instead of one that the browser has closed. */
export async function reopenDatabase(closed: Database): Promise<Database> {
  if ((await opened) === closed) opened = undefined
  closed.close()
  return openDatabase()
}

/** `onClosed`: by the browser, for want of space or by the person; the next call opens it again. */
async function open(onClosed: () => void): Promise<Database> {
  const database = await openDB<Schema>(NAME, VERSION, {
    upgrade(fresh) {
      for (const store of ['transfers', 'manifests', 'pages', 'chunks'] as const) fresh.createObjectStore(store)
    },
    // A newer page wants to change the database: it would wait for us for ever.
    blocking: () => database.close(),
    terminated: onClosed,
  })
  return database
}
