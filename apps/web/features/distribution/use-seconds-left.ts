// About how long people still need, for React: from how fast what they lack falls.
import { useEffect, useState } from 'react'
import { ProgressRate } from './progress-rate'

/** `left`: bytes. `snapshot`: a new one at each look, also where nothing has moved. */
export function useSecondsLeft(left: number, snapshot: object): number | undefined {
  const [rate] = useState(() => new ProgressRate())
  const [seconds, setSeconds] = useState<number>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a look at the clock at each snapshot
  useEffect(() => {
    rate.add(left, performance.now())
    setSeconds(rate.secondsLeft)
  }, [rate, left, snapshot])
  return seconds
}
