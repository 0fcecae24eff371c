// The offer to tell when something is done, fetched when there is something to be told of. Knows nothing of what that
// is.
import { lazy, Suspense } from 'react'
import { retryUntilDone } from '../../session/retry-until-done'
import type { TellWhenDoneProps } from './tell-when-done'

const TellWhenDone = lazy(async () => ({
  default: (await retryUntilDone(() => import('./tell-when-done'))).TellWhenDone,
}))

export function ToldWhenDone(props: TellWhenDoneProps) {
  return (
    <Suspense fallback={null}>
      <TellWhenDone {...props} />
    </Suspense>
  )
}
