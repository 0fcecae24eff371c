// The sender's one transfer, from choosing to stopping. Knows nothing of how it looks.
import { useEffect, useRef, useState } from 'react'
import {
  forgetSharedHere,
  type HashingProgress,
  type Look,
  type LookProgress,
  type SendingTransfer,
  share,
} from '../../session'

export type Sharing =
  | { step: 'choosing'; problem?: string }
  | { step: 'looking'; progress: LookProgress; cancel: () => void }
  | { step: 'hashing'; progress: HashingProgress; cancel: () => void }
  /** `isOtherLink`: it was shared again, and is not what it was. */
  | { step: 'sharing'; session: SendingTransfer; isOtherLink: boolean }

const NOTHING_PICKED = 'There is no file in what you chose. Choose at least one file.'

const NOTHING_OPENED = 'Nothing of it could be opened. Check that you may read it, and try again.'

export function useSharing() {
  const [sharing, setSharing] = useState<Sharing>({ step: 'choosing' })
  // What to end when something new begins or the page goes: hashing, or the session it led to.
  const end = useRef(() => {})

  const chooseAnew = (problem?: string) => {
    end.current()
    end.current = () => {}
    setSharing(problem === undefined ? { step: 'choosing' } : { step: 'choosing', problem })
  }

  /** On purpose: what was shared is not offered again. */
  const stop = () => {
    forgetSharedHere()
    chooseAnew()
  }

  const begin = async (look: Look, formerId: string | undefined) => {
    end.current()
    const abort = new AbortController()
    end.current = () => abort.abort()
    const show = (progress: HashingProgress) => {
      if (!abort.signal.aborted) setSharing({ step: 'hashing', progress, cancel: () => chooseAnew() })
    }
    const showLooking = (progress: LookProgress) => {
      if (!abort.signal.aborted) setSharing({ step: 'looking', progress, cancel: () => chooseAnew() })
    }
    try {
      showLooking({ found: 0, opened: 0 })
      const { files: picked, leftOut } = await look({ signal: abort.signal, onProgress: showLooking })
      if (abort.signal.aborted) return
      if (picked.length === 0) return chooseAnew(leftOut.length > 0 ? NOTHING_OPENED : NOTHING_PICKED)
      const session = await share(picked, show, abort.signal)
      if (abort.signal.aborted) return session.close()
      end.current = () => session.close()
      const isOtherLink = formerId !== undefined && !session.getSnapshot().link.endsWith(`#${formerId}`)
      setSharing({ step: 'sharing', session, isOtherLink })
    } catch (error) {
      if (!abort.signal.aborted) chooseAnew(error instanceof Error ? error.message : String(error))
    }
  }

  /** `formerId`: of the link that it had when it was shared before. */
  const start = (look: Look, formerId?: string) => {
    void begin(look, formerId)
  }

  useEffect(() => () => end.current(), [])
  return { sharing, start, stop }
}
