'use client'
// Chooses between the teacher's and the student's side of the laboratory by the address. Knows nothing of either.
import { useSyncExternalStore } from 'react'
import { webRtcProblem } from '../../session'
import { Notice } from '../ui/notice'
import { roomCodeIn } from './room-code'
import { StudentPage } from './student-page'
import { TeacherView } from './teacher-view'

function onAddressChange(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

const codeInAddress = () => roomCodeIn(window.location.hash.slice(1)) ?? roomCodeIn(roomParameter()) ?? ''
const roomParameter = () => new URLSearchParams(window.location.search).get('room') ?? ''
const unknown = () => undefined

export function LabEntry() {
  const code = useSyncExternalStore(onAddressChange, codeInAddress, unknown)
  if (code === undefined) {
    return (
      <noscript>
        <Notice heading="h1" title="JavaScript is off" tone="bad">
          The lab runs in your browser and needs JavaScript. Allow it for this page, then reload.
        </Notice>
      </noscript>
    )
  }
  const unable = webRtcProblem()
  if (unable !== undefined) {
    return (
      <Notice heading="h1" title="This browser cannot connect to others" tone="bad">
        {unable}
      </Notice>
    )
  }
  return code === '' ? <TeacherView /> : <StudentPage code={code} key={code} />
}
