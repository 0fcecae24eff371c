// The table of kept transfers in the browser's database. Knows nothing of what its entries mean.
import type { RecordTable } from '@swarmdrop/peer/library'
import { type Database, reopenDatabase } from '../stores/database'
import { reconnecting } from '../stores/reconnecting'

export function browserRecords(first: Database): RecordTable {
  const use = reconnecting(first, reopenDatabase)
  return {
    all: () => use((database) => database.getAll('transfers')),
    get: (role, id) => use((database) => database.get('transfers', [role, id])),
    async put(transfer) {
      await use((database) => database.put('transfers', transfer, [transfer.role, transfer.id]))
    },
    manifest: (id) => use((database) => database.get('manifests', id)),
    async putManifest(id, bytes) {
      await use((database) => database.put('manifests', bytes, id))
    },
    page: (id, page) => use((database) => database.get('pages', [id, page])),
    async putPage(id, page, bytes) {
      await use((database) => database.put('pages', bytes, [id, page]))
    },
    delete: (role, id) =>
      use(async (database) => {
        if (role === 'receiver') {
          await database.delete('pages', IDBKeyRange.bound([id], [id, []]))
          await database.delete('manifests', id)
        }
        await database.delete('transfers', [role, id])
      }),
  }
}
