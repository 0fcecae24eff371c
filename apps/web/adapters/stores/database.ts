// The browser's database (IndexedDB) for what outlives a page: which transfers there are, and where no files can be kept, their
// chunks. It is there on plain HTTP too. Knows nothing of what its entries mean.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

type Schema = DBSchema & {
  /** By role and id. Whoever reads one checks it: it may be of another version, or damaged. */
  transfers: { key: [string, string]; value: unknown }
  /** The manifest of each content that is kept, and its hash pages by number, all to be proved by whoever reads them. */
  manifests: { key: string; value: unknown }
  pages: { key: [string, number]; value: unknown }
  chunks: { key: [string, number]; value: Blob }
}
export type Database = IDBPDatabase<Schema>

const NAME = 'swarmdrop'
const VERSION = 1

let opened: Promise<Database | undefined> | undefined

/** Undefined where the browser has none or lets nobody use it, as in some private windows. */
export function openDatabase(): Promise<Database | undefined> {
  opened ??= open().catch(() => undefined)
  return opened
}

async function open(): Promise<Database> {
  const database = await openDB<Schema>(NAME, VERSION, {
    upgrade(fresh) {
      for (const store of ['transfers', 'manifests', 'pages', 'chunks'] as const) fresh.createObjectStore(store)
    },
    // A newer page wants to change the database: it would wait for us for ever.
    blocking: () => database.close(),
    // Closed by the browser, for want of space or by the person: the next call opens it anew.
    terminated: () => {
      opened = undefined
    },
  })
  return database
}
