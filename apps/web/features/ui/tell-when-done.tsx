// Offers to say so when something is done, by a notice of the system, to somebody who looks elsewhere; and does it.
// Asks nobody unasked.
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { chooseNotices, noticePower, tell, wantsNotices } from '../../session/notices'
import { Switch } from './switch'

export type TellWhenDoneProps = {
  /** Whose box it is: as `Tell me when it is here`. */
  label: string
  done: boolean
  /** The title of the notice. */
  title: string
  body: string
}

export function TellWhenDone({ label, done, title, body }: TellWhenDoneProps) {
  const note = useId()
  const [wants, setWants] = useState(wantsNotices)
  const [refused, setRefused] = useState(false)
  const wasDone = useRef(done)
  const tellUnseen = useEffectEvent(() => {
    if (document.visibilityState === 'hidden' && wantsNotices()) void tell(title, body)
  })
  useEffect(() => {
    if (done && !wasDone.current) tellUnseen()
    wasDone.current = done
  }, [done])
  const choose = async (chosen: boolean) => {
    setWants(chosen)
    const given = await chooseNotices(chosen)
    setWants(given)
    setRefused(chosen && !given)
  }

  // What was refused before is not offered again.
  if (noticePower() === 'none' || (noticePower() === 'refused' && !refused)) return null
  return (
    <Switch
      checked={wants}
      label={label}
      noteId={note}
      onChange={(chosen) => void choose(chosen)}
      testId="tell-when-done"
    >
      {refused
        ? 'This browser does not allow it. You can change that in its settings for this page.'
        : 'Your system shows a notice if you are looking at something else by then.'}
    </Switch>
  )
}
