// The sender's page: choose, wait for the fingerprints, send the link. Each step is drawn elsewhere.
import { useEffect, useRef, useState } from 'react'
import { type Picking, pickedFromNote, type SendingTransfer } from '../../session'
import { expectAddress } from '../../session/page-address'
import { useInstalled } from '../ui/use-installed'
import { Asking } from './asking'
import { Choosing } from './choosing'
import { Hashing } from './hashing'
import { Offered } from './offered'
import { Recent } from './recent'
import { SharingView } from './sharing-view'
import { usePageDrop } from './use-page-drop'
import { isMeantAsLink, usePastedText } from './use-pasted-text'
import { useSharedByApp } from './use-shared-by-app'
import { useSharing } from './use-sharing'
import { WasSharing } from './was-sharing'

/** The text of this visit: anyone who opens a link and comes back has not lost what was written. */
let draft = ''

export function Home() {
  useEffect(expectAddress, [])
  const { sharing, gathering, stop } = useSharing()
  const { step } = sharing
  const [offered, setOffered] = useState<Picking>()
  const [note, setNote] = useState(draft)
  const isNoteShared = useRef(false)

  useEffect(() => {
    draft = note
  }, [note])
  const addNote = () => {
    if (note.trim() === '') return
    isNoteShared.current = true
    gathering.add(pickedFromNote(note))
  }
  const take = (picking: Picking) => {
    const ended = step === 'sharing' ? endedLink(sharing.session) : undefined
    if (ended !== undefined) gathering.start(picking, ended)
    // Nothing of it is looked at before it is really shared.
    else if (step === 'sharing') setOffered(() => picking)
    else {
      gathering.add(picking)
      // What is written on the start page goes along: it is a part of what somebody puts together there.
      if (step === 'choosing') addNote()
    }
  }
  useEffect(() => {
    // It stays in its field until there is a link: anyone who cancels has not lost it.
    if (step === 'sharing' && isNoteShared.current) setNote('')
    if (step === 'sharing' || step === 'choosing') isNoteShared.current = false
  }, [step])
  const hovering = usePageDrop(take)
  usePastedText((text) => {
    // On the start page there is a field for it.
    if (step !== 'choosing' && !isMeantAsLink(text)) take(pickedFromNote(text))
  })
  useSharedByApp({ files: take, text: setNote, nothing: (problem) => gathering.cancel(problem) })
  useInstalled(step === 'choosing', step === 'choosing' && note === '')
  const start = (picking: Picking, formerId?: string) => gathering.start(picking, formerId)
  const cancel = () => gathering.cancel()

  return (
    <>
      {step === 'choosing' && (
        <>
          <Choosing
            hovering={hovering}
            note={note}
            onNote={addNote}
            onNoteWritten={setNote}
            onPicked={take}
            problem={sharing.problem}
          >
            <WasSharing onShareAgain={start} />
          </Choosing>
          <Recent onShareAgain={start} />
        </>
      )}
      {step === 'asking' && (
        <Asking {...sharing} onAnswer={(what) => gathering.answer(what)} onCancel={cancel} onPicked={take} />
      )}
      {step === 'hashing' && (
        <Hashing hovering={hovering} onCancel={cancel} onPicked={take} progress={sharing.progress} />
      )}
      {step === 'sharing' && (
        <SharingView onPicked={take} onShareAgain={start} onStop={stop} session={sharing.session} shared={sharing} />
      )}
      {offered !== undefined && (
        <Offered
          onAnswer={(what) => {
            setOffered(undefined)
            if (what === 'together') gathering.add(offered)
            else if (what === 'alone') gathering.start(offered)
          }}
        />
      )}
    </>
  )
}

/** The link of a sharing that has stopped by itself: what is dropped then may be the same again. */
function endedLink(session: SendingTransfer): string | undefined {
  const { phase, link } = session.getSnapshot()
  return phase === 'failed' ? link.slice(link.indexOf('#') + 1) : undefined
}
