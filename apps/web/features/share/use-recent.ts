// The transfers that are kept in this browser, as long as they are shown. Knows nothing of how they look.
import type { KeptTransfer } from '@swarmdrop/peer/library'
import { useCallback, useEffect, useState } from 'react'
import { deleteTransfer, keptTransfers } from '../../session'

export function useRecent() {
  const [transfers, setTransfers] = useState<KeptTransfer[]>([])
  const [problem, setProblem] = useState<string>()
  const look = useCallback(async () => setTransfers(await keptTransfers()), [])

  useEffect(() => {
    // Other tabs go on meanwhile: anyone who comes back to this one sees how far they are.
    const onVisible = () => void (document.visibilityState === 'visible' && look())
    document.addEventListener('visibilitychange', onVisible)
    void look()
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [look])

  const remove = async (transfer: KeptTransfer) => {
    setProblem(undefined)
    await deleteTransfer(transfer).catch((error: Error) => setProblem(error.message))
    await look()
  }
  return { transfers, problem, remove }
}
