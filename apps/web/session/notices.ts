// Whether this person wants to be told when something is done, in a notice of the system, and such notices. Knows no
// transfer.
import { storedText } from '../adapters/device/stored-text'
import { askForNotices, noticePower, showNotice } from '../adapters/device/system-notices'
import { pathOf } from './base-path'

export { noticePower }

const wanted = storedText('device', 'swarmdrop-tell-when-done')

/** Said once, it holds for this browser, until it is taken back here or in the browser's settings. */
export const wantsNotices = (): boolean => noticePower() === 'given' && wanted.read() === 'yes'

/**
 * Chooses whether notices are shown; resolves with whether they are, as the browser may refuse. Call it within a click.
 */
export async function chooseNotices(wants: boolean): Promise<boolean> {
  const given = wants && (noticePower() === 'given' || (await askForNotices()))
  if (given) wanted.write('yes')
  else wanted.clear()
  return given
}

export const tell = (title: string, body: string): Promise<void> =>
  showNotice({ title, body, icon: pathOf('/icon-192.png') })
