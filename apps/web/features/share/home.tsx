// The sender's page: choose, wait for the fingerprints, send the link. Each step is drawn elsewhere.
import { useEffect, useState } from 'react'
import type { PickedFile } from '../../session'
import { expectPlace } from '../../session/place'
import { Confirm } from '../ui/confirm'
import { Choosing } from './choosing'
import { Hashing } from './hashing'
import { Recent } from './recent'
import { SharingView } from './sharing-view'
import { usePageDrop } from './use-page-drop'
import { useSharing } from './use-sharing'

export function Home() {
  useEffect(expectPlace, [])
  const { sharing, start, stop } = useSharing()
  const [offered, setOffered] = useState<Promise<PickedFile[]>>()
  const hovering = usePageDrop((picked) => {
    if (sharing.step === 'choosing') start(picked)
    else {
      // What cannot be opened is told when it is really shared.
      picked.catch(() => {})
      setOffered(picked)
    }
  })

  return (
    <>
      {sharing.step === 'choosing' && (
        <>
          <Choosing hovering={hovering} onPicked={start} problem={sharing.problem} />
          <Recent onShareAgain={start} />
        </>
      )}
      {sharing.step === 'hashing' && <Hashing onCancel={sharing.cancel} progress={sharing.progress} />}
      {sharing.step === 'sharing' && (
        <SharingView isOtherLink={sharing.isOtherLink} onStop={() => stop()} session={sharing.session} />
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
