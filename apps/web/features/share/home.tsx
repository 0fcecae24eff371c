// The sender's page: choose, wait for the fingerprints, send the link. Each step is drawn elsewhere.
import { useEffect, useState } from 'react'
import type { Look, SendingTransfer } from '../../session'
import { expectPlace } from '../../session/place'
import { Confirm } from '../ui/confirm'
import { Choosing } from './choosing'
import { Hashing } from './hashing'
import { Recent } from './recent'
import { SharingView } from './sharing-view'
import { usePageDrop } from './use-page-drop'
import { useSharing } from './use-sharing'
import { WasSharing } from './was-sharing'

export function Home() {
  useEffect(expectPlace, [])
  const { sharing, start, stop } = useSharing()
  const [offered, setOffered] = useState<Look>()
  const hovering = usePageDrop((look) => {
    const ended = sharing.step === 'sharing' ? endedLink(sharing.session) : undefined
    if (sharing.step === 'choosing' || ended !== undefined) start(look, ended)
    // Nothing of it is looked at before it is really shared.
    else setOffered(() => look)
  })

  return (
    <>
      {sharing.step === 'choosing' && (
        <>
          <Choosing hovering={hovering} onPicked={start} problem={sharing.problem}>
            <WasSharing onShareAgain={start} />
          </Choosing>
          <Recent onShareAgain={start} />
        </>
      )}
      {(sharing.step === 'looking' || sharing.step === 'hashing') && (
        <Hashing onCancel={sharing.cancel} progress={sharing.progress} />
      )}
      {sharing.step === 'sharing' && (
        <SharingView isOtherLink={sharing.isOtherLink} onShareAgain={start} onStop={stop} session={sharing.session} />
      )}
      {offered !== undefined && (
        <Confirm
          detail="The link that you have now stops working as soon as you close it or share something else."
          no="Keep the present one"
          onAnswer={(agreed) => {
            setOffered(undefined)
            if (agreed) start(offered)
          }}
          question="Share the new files instead?"
          yes="Share the new files"
        />
      )}
    </>
  )
}

/** Of a sharing that has stopped by itself: what is dropped then may be the same again. */
function endedLink(session: SendingTransfer): string | undefined {
  const { phase, link } = session.getSnapshot()
  return phase === 'failed' ? link.slice(link.indexOf('#') + 1) : undefined
}
