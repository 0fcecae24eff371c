// The start of a content for React, as it grows, as long as somebody looks. Knows nothing of what is in it.
import { useEffect, useState } from 'react'
import type { Session } from '../../session/types'

type Front = { blob?: Blob; problem?: string }

export function useFront(session: Session, looking: boolean): Front {
  const [front, setFront] = useState<Front>({})
  useEffect(() => {
    if (!looking || session.front === undefined) return
    let over = false
    let end = () => {}
    const fail = (error: unknown) => {
      if (!over) setFront({ problem: error instanceof Error ? error.message : String(error) })
    }
    const begin = async () => {
      const opened = await session.front?.()
      if (opened === undefined || over) return opened?.stop()
      const show = (blob: Blob) => !over && setFront((shown) => (shown.blob === blob ? shown : { blob }))
      const grow = () => void opened.grow().then(show, fail)
      const unsubscribe = session.subscribe(grow)
      end = () => {
        unsubscribe()
        opened.stop()
      }
      grow()
    }
    begin().catch(fail)
    return () => {
      over = true
      end()
    }
  }, [session, looking])
  return front
}
