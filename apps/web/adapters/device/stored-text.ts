// Texts that a browser keeps for this site: for a tab's lifetime or longer. In a browser that keeps nothing, nothing is
// kept, and all goes on. Knows nothing of what they say.
import type { TextMemory } from '@swarmdrop/peer'

const areas = { tab: () => sessionStorage, device: () => localStorage }

/** `tab`: reloads included, and for this tab alone. */
export function storedText(area: keyof typeof areas, key: string): TextMemory {
  /** Some browsers throw at the mere mention of the area. */
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return use(areas[area]())
    } catch {
      return undefined
    }
  }
  return {
    read: () => attempt((storage) => storage.getItem(key)) ?? undefined,
    write: (text) =>
      attempt((storage) => {
        storage.setItem(key, text)
        return true
      }) ?? false,
    clear: () => attempt((storage) => storage.removeItem(key)),
  }
}
