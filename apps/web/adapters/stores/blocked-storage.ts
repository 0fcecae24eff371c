// Whether the browser lets this site store anything at all. Knows no store.

/**
 * A person may block cookies, and with them storage, for one site or for all. Browsers say so in many ways, and here in
 * the same one.
 */
export function isStorageBlocked(): boolean {
  try {
    // Its mere mention throws.
    return typeof localStorage === 'undefined' || !navigator.cookieEnabled
  } catch {
    return true
  }
}
