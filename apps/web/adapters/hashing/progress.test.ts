// Reports against a clock of its own.
import { expect, it } from 'vitest'
import { atMostEvery } from './progress'

it('passes on the first report, and no more than one each interval', () => {
  const passed: number[] = []
  let now = 0
  const report = atMostEvery<number>(
    100,
    () => now,
    (value) => passed.push(value),
  )
  for (now = 0; now < 350; now += 10) report(now)
  expect(passed).toEqual([0, 100, 200, 300])
})
