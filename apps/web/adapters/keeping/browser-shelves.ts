// The places where a browser keeps received contents: private files where there are some, its database elsewhere.
import type { Shelf } from '@swarmdrop/peer/library'
import { openDatabase } from '../stores/database'
import { DatabaseStore, deleteChunks } from '../stores/database-store'
import { OpfsStore } from '../stores/opfs-store'
import { deleteDirectory, directoriesOn, hasFileSystem, type Place } from '../stores/private-files'
import type { ReceiverStore } from '../stores/receiver-store'

const files: Shelf<ReceiverStore> = {
  place: 'files',
  open: (id, layout, runs, release) => {
    const place: Place = {
      directory: `kept/${id}`,
      async free(handedOut) {
        // A download may still be reading: once the page is gone, the files are swept as those that no record knows.
        if (handedOut) return
        await deleteDirectory(`kept/${id}`)
        release()
      },
      release,
    }
    return OpfsStore.open(layout, place, runs)
  },
  remove: (id) => deleteDirectory(`kept/${id}`),
  ids: () => directoriesOn('kept'),
}

const database: Shelf<ReceiverStore> = {
  place: 'database',
  open: async (id, layout, _runs, release) => DatabaseStore.open(await openDatabase(), id, layout, release),
  async remove(id) {
    await deleteChunks(await openDatabase(), id)
    return true
  },
  // What lies in the database without a record was left by a browser that broke off in mid-delete; its keys are not
  // worth a scan.
  ids: async () => undefined,
}

/** The best first. */
export const browserShelves = (): Shelf<ReceiverStore>[] => (hasFileSystem() ? [files, database] : [database])
