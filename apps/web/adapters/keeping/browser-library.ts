// What this browser keeps of transfers, for all of its tabs. Knows nothing of swarms.
import type { Timers } from '@swarmdrop/peer'
import { Library } from '@swarmdrop/peer/library'
import { openDatabase } from '../stores/database'
import { openReceiverStore } from '../stores/open-receiver-store'
import type { ReceiverStore } from '../stores/receiver-store'
import { estimatedSpaceProblem, missingBytes } from '../stores/space'
import { browserRecords } from './browser-records'
import { browserShelves } from './browser-shelves'
import { claimContent } from './claims'

export const browserLibrary = (time: Timers): Library<ReceiverStore> =>
  new Library({
    time,
    table: async () => browserRecords(await openDatabase()),
    shelves: browserShelves,
    claim: claimContent,
    openTemporary: openReceiverStore,
    space: { missingBytes, problem: estimatedSpaceProblem },
    askToPersist: () => void navigator.storage?.persist?.().catch(() => {}),
  })
