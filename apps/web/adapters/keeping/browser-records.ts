// The table of kept transfers in the browser's database. Knows nothing of what its entries mean.
import type { RecordTable } from '@swarmdrop/peer'
import type { Database } from '../stores/database'

export const browserRecords = (database: Database): RecordTable => ({
  all: () => database.getAll('transfers'),
  get: (role, id) => database.get('transfers', [role, id]),
  async put(transfer) {
    await database.put('transfers', transfer, [transfer.role, transfer.id])
  },
  manifest: (id) => database.get('manifests', id),
  async putManifest(id, bytes) {
    await database.put('manifests', bytes, id)
  },
  page: (id, page) => database.get('pages', [id, page]),
  async putPage(id, page, bytes) {
    await database.put('pages', bytes, [id, page])
  },
  async delete(role, id) {
    if (role === 'receiver') {
      await database.delete('pages', IDBKeyRange.bound([id], [id, []]))
      await database.delete('manifests', id)
    }
    await database.delete('transfers', [role, id])
  },
})
