// Takes what another app shares with the installed page: files as if they had been dropped here, a text into the note,
// and a link is opened.
import { useEffect, useEffectEvent } from 'react'
import { linkInText, type Picking, pickedFromInput } from '../../session'

type Takers = { files: (picked: Picking) => void; text: (text: string) => void; nothing: (problem: string) => void }

const NOT_ARRIVED = 'What the other app shared did not arrive. Share it from there again, or choose it here.'
/** The part of the address that the service worker writes. */
const OPENED_FOR_IT = /[?&]shared(=|&|$)/

export function useSharedByApp(takers: Takers): void {
  const take = useEffectEvent(async () => {
    const { takeSharedByApp } = await import('../../session/installed')
    const shared = await takeSharedByApp()
    if (shared === undefined) return takers.nothing(NOT_ARRIVED)
    // Apps put a title or a caption next to their files.
    if (shared.files.length > 0) return takers.files(pickedFromInput(shared.files))
    const link = linkInText(shared.text, window.location.host)
    if ('id' in link && link.elsewhere === undefined) window.location.hash = link.id
    else takers.text(shared.text)
  })
  useEffect(() => {
    if (OPENED_FOR_IT.test(window.location.search)) void take()
  }, [])
}
