// Temporary places in the browser's private file system, each gone soon after its page is. Knows not what is in them.
import { type Directory, deleteDirectory, directoriesOn, type Place } from './private-files'

/** Locked while this page needs it. Only on origins with OPFS. */
export async function openScratch(): Promise<Place> {
  const directory: Directory = `scratch/${crypto.randomUUID()}`
  // Locked before it exists: a sweep in another tab never sees it unlocked.
  const unlock = await hold(lockName(directory))
  return {
    directory,
    async free(handedOut) {
      // A download may still be reading: the file is swept once the page is gone.
      if (handedOut) return
      await deleteDirectory(directory)
      unlock()
    },
    release(handedOut) {
      if (!handedOut) unlock()
    },
  }
}

/** Deletes what pages that are gone have left behind. What cannot be deleted yet is left to a later sweep. */
export async function sweepScratch(): Promise<void> {
  // Without locks nobody can tell whose page is gone.
  if (!navigator.locks) return
  const sweep = (name: string) =>
    navigator.locks.request(lockName(`scratch/${name}`), { ifAvailable: true }, async (lock) => {
      if (lock) await deleteDirectory(`scratch/${name}`)
    })
  await Promise.all((await directoriesOn('scratch')).map(sweep))
}

/** Resolves when the lock is held, with the way to let go of it; the browser does so when the page ends. */
function hold(name: string): Promise<() => void> {
  if (!navigator.locks) return Promise.resolve(() => {})
  return new Promise((resolve, reject) => {
    const whileHeld = () => new Promise<void>((release) => resolve(release))
    navigator.locks.request(name, whileHeld).catch(reject)
  })
}

const lockName = (directory: Directory): string => `swarmdrop/${directory}`
