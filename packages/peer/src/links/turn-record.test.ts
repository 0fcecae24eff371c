import { expect, it } from 'vitest'
import { VirtualWorld } from '../testing/virtual-device'
import { TurnRecord } from './turn-record'

function record() {
  const world = new VirtualWorld()
  const changes: (string | undefined)[] = []
  const turn: TurnRecord = new TurnRecord(world.device('a').ports.time, () => changes.push(turn.outcome))
  return { time: world.time, turn, changes }
}

it('is what was heard last, by whichever connection, and says so only when it changes', async () => {
  const { turn, changes } = record()
  const [one, other] = [turn.asked(), turn.asked()]
  one('refused')
  other('refused')
  one('given')
  expect(changes).toEqual(['refused', 'given'])
})

it('takes a silence of 5 s for an answer, until there is one', async () => {
  const { time, turn, changes } = record()
  const hear = turn.asked()
  await time.run(4_999)
  expect(changes).toEqual([])
  await time.run(1)
  expect(changes).toEqual(['unreachable'])
  hear('given')
  await time.run(60_000)
  expect(turn.outcome).toBe('given')
})

it('does not take for silence that an attempt has ended, or all of it', async () => {
  const { time, turn, changes } = record()
  turn.asked()('ended')
  await time.run(60_000)
  turn.asked()
  await time.run(4_000)
  turn.close()
  await time.run(60_000)
  expect(changes).toEqual([])
})
