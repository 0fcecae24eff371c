'use client'
import controls from '../features/ui/controls.module.css'
// The last resort when drawing a page fails. Says so and offers a fresh start.
import { Notice } from '../features/ui/notice'

export default function PageError({ error }: { error: Error }) {
  return (
    <Notice
      heading="h1"
      tone="bad"
      title="This page has stopped working"
      way={
        <button className={controls.primary} type="button" onClick={() => window.location.reload()}>
          Load it again
        </button>
      }
    >
      Something went wrong here, and it is not your fault. What was reported: {error.message}
    </Notice>
  )
}
