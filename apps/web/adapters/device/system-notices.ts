// Notices that the system shows of a page which nobody looks at. Knows nothing of what they say.
import type { Notice, ToWorker } from '../../service-worker/messages'

/** What the browser lets this page do: nothing of the kind, ask the person, show some; or the person has said no. */
export type NoticePower = 'none' | 'unasked' | 'given' | 'refused'

const powers = { default: 'unasked', granted: 'given', denied: 'refused' } as const

/** Plain HTTP has none. */
export function noticePower({ Notification, isSecureContext }: Window & typeof globalThis = window): NoticePower {
  return isSecureContext && Notification ? powers[Notification.permission] : 'none'
}

/** The browser asks the person. Call it within a click. */
export async function askForNotices(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted'
}

/**
 * Shows a notice by the page itself; on a phone only its worker may. A click on it brings this very tab to the front.
 */
export async function showNotice(notice: Notice): Promise<void> {
  try {
    const shown = new Notification(notice.title, notice)
    shown.onclick = () => {
      window.focus()
      shown.close()
    }
  } catch {
    const worker = (await navigator.serviceWorker?.getRegistration())?.active
    worker?.postMessage({ kind: 'notify', ...notice } satisfies ToWorker)
  }
}
