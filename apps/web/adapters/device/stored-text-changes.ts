// Hears when another tab of this browser writes a text for longer than a tab (stored-text.ts). Knows nothing of what it
// says.

/**
 * Tells when another tab writes this text. Nothing is heard of what this tab writes, nor while it is put away. Returns
 * the way to stop.
 */
export function hearStoredText(key: string, changed: () => void): () => void {
  const listening = new AbortController()
  // No key: all of them are gone.
  const hear = (event: StorageEvent) => (event.key === key || event.key === null) && changed()
  window.addEventListener('storage', hear, { signal: listening.signal })
  return () => listening.abort()
}
