// The mark on an installed app's icon. Knows nothing of what it says.

type Device = Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>

/**
 * `what`: a number; `dot`: a mark alone; undefined: none. Browsers without it, and pages that are not installed, show
 * nothing.
 */
export function setAppBadge(what: number | 'dot' | undefined, device: Device = navigator): void {
  const done =
    what === undefined ? device.clearAppBadge?.() : what === 'dot' ? device.setAppBadge?.() : device.setAppBadge?.(what)
  // Refused by a policy, say.
  done?.catch(() => {})
}
