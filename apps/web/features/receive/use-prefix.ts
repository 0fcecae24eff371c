// The start of a content for React, as it grows, as long as somebody looks. Knows nothing of what is in it.
import { useEffect, useState } from 'react'
import { openPrefix, type ReceivingTransfer } from '../../session'

type Prefix = { blob?: Blob; problem?: string }

export function usePrefix(session: ReceivingTransfer, looking: boolean): Prefix {
  const [prefix, setPrefix] = useState<Prefix>({})
  useEffect(() => {
    if (!looking) return
    let over = false
    let end = () => {}
    const fail = (error: unknown) => {
      if (!over) setPrefix({ problem: error instanceof Error ? error.message : String(error) })
    }
    const begin = async () => {
      const opened = await openPrefix(session)
      if (over) return opened.stop()
      const show = (blob: Blob) => !over && setPrefix((shown) => (shown.blob === blob ? shown : { blob }))
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
  return prefix
}
