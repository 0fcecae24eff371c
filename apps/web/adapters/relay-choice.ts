// Remembers whether this browser shows its address to nobody but a relay. Knows nothing of connections.
const KEY = 'swarmdrop-relay-only'

let chosen: boolean | undefined

export function isRelayOnly(): boolean {
  chosen ??= remembered()
  return chosen
}

export function chooseRelayOnly(relayOnly: boolean): void {
  chosen = relayOnly
  try {
    if (relayOnly) localStorage.setItem(KEY, 'yes')
    else localStorage.removeItem(KEY)
  } catch {
    // A browser that keeps nothing: it holds for this page.
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes'
  } catch {
    return false
  }
}
