import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventQueue } from './event-queue'

describe('event queue', () => {
  it('[SIM-2] gives what is first in time, and among equals what was put in first', () => {
    // Few times, so that equals are common; a pop stands between pushes as it does in a run.
    const step = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant('pop' as const))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new EventQueue<number>()
        const model: { at: number; item: number }[] = []
        steps.forEach((what, item) => {
          if (what !== 'pop') {
            queue.push(what, item)
            model.push({ at: what, item })
            model.sort((a, b) => a.at - b.at || a.item - b.item)
          } else if (model.length > 0) expect(queue.pop()).toBe(model.shift()?.item)
          expect(queue.size).toBe(model.length)
          expect(queue.nextAt).toBe(model[0]?.at ?? Number.POSITIVE_INFINITY)
        })
        const rest = model.map(() => queue.pop())
        expect(rest).toEqual(model.map(({ item }) => item))
      }),
    )
  })
})
