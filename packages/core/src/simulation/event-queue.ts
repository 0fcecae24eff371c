// What happens next in virtual time: a binary heap. What was put in first comes out first among things of one moment.
//
// The heap is of plain numbers, and items stay in the place that they were given: moving references about would have
// the garbage collector look at each move.

const FIRST_CAPACITY = 1_024

export class EventQueue<T> {
  private times = new Float64Array(FIRST_CAPACITY)
  private orders = new Float64Array(FIRST_CAPACITY)
  /** For each node of the heap, where in `items` its event is. */
  private slots = new Int32Array(FIRST_CAPACITY)
  private readonly items: (T | undefined)[] = []
  private readonly freeSlots: number[] = []
  private count = 0
  private order = 0

  get size(): number {
    return this.count
  }

  /** The time of the first event; Infinity when there is none. */
  get nextAt(): number {
    return this.count === 0 ? Number.POSITIVE_INFINITY : (this.times[0] as number)
  }

  push(at: number, item: T): void {
    if (this.count === this.times.length) this.grow()
    const slot = this.freeSlots.pop() ?? this.items.length
    this.items[slot] = item
    const { times } = this
    let child = this.count++
    while (child > 0) {
      const parent = (child - 1) >> 1
      // The newest has the highest order: it rises only past what is later.
      if ((times[parent] as number) <= at) break
      this.move(parent, child)
      child = parent
    }
    this.place(child, at, this.order++, slot)
  }

  /** Takes the first event out. Throws when there is none. */
  pop(): T {
    if (this.count === 0) throw new RangeError('there is no event')
    const first = this.slots[0] as number
    const item = this.items[first] as T
    this.items[first] = undefined
    this.freeSlots.push(first)
    const last = --this.count
    if (last > 0) this.sink(this.times[last] as number, this.orders[last] as number, this.slots[last] as number)
    return item
  }

  /** Finds the place of an event that starts at the top, whose place is free. */
  private sink(at: number, order: number, slot: number): void {
    const { times, orders, count } = this
    let parent = 0
    for (;;) {
      let child = 2 * parent + 1
      if (child >= count) break
      if (child + 1 < count && this.isBefore(child + 1, child)) child++
      const childAt = times[child] as number
      if (at < childAt || (at === childAt && order < (orders[child] as number))) break
      this.move(child, parent)
      parent = child
    }
    this.place(parent, at, order, slot)
  }

  private isBefore(a: number, b: number): boolean {
    const difference = (this.times[a] as number) - (this.times[b] as number)
    return difference < 0 || (difference === 0 && (this.orders[a] as number) < (this.orders[b] as number))
  }

  private move(from: number, to: number): void {
    this.place(to, this.times[from] as number, this.orders[from] as number, this.slots[from] as number)
  }

  private place(at: number, time: number, order: number, slot: number): void {
    this.times[at] = time
    this.orders[at] = order
    this.slots[at] = slot
  }

  private grow(): void {
    const capacity = 2 * this.times.length
    this.times = larger(this.times, new Float64Array(capacity))
    this.orders = larger(this.orders, new Float64Array(capacity))
    this.slots = larger(this.slots, new Int32Array(capacity))
  }
}

function larger<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
