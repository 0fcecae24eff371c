// What happens next in virtual time: a binary heap. What was put in first comes out first among things of one moment.

export class EventQueue<T> {
  private readonly times: number[] = []
  private readonly orders: number[] = []
  private readonly items: T[] = []
  private order = 0

  get size(): number {
    return this.times.length
  }

  /** The time of the first event; Infinity when there is none. */
  get nextAt(): number {
    return this.times[0] ?? Number.POSITIVE_INFINITY
  }

  push(at: number, item: T): void {
    let child = this.times.length
    const order = this.order++
    this.times.push(at)
    this.orders.push(order)
    this.items.push(item)
    while (child > 0) {
      const parent = (child - 1) >> 1
      // The newest has the highest order: it rises only past what is later.
      if ((this.times[parent] as number) <= at) break
      this.move(parent, child)
      child = parent
    }
    this.place(child, at, order, item)
  }

  /** Takes the first event out. Throws when there is none. */
  pop(): T {
    const first = this.items[0] as T
    const at = this.times.pop() as number
    const order = this.orders.pop() as number
    const item = this.items.pop() as T
    const size = this.times.length
    if (size === 0) return first
    let parent = 0
    for (;;) {
      let child = 2 * parent + 1
      if (child >= size) break
      if (child + 1 < size && this.isBefore(child + 1, child)) child++
      const childAt = this.times[child] as number
      if (at < childAt || (at === childAt && order < (this.orders[child] as number))) break
      this.move(child, parent)
      parent = child
    }
    this.place(parent, at, order, item)
    return first
  }

  private isBefore(a: number, b: number): boolean {
    const difference = (this.times[a] as number) - (this.times[b] as number)
    return difference < 0 || (difference === 0 && (this.orders[a] as number) < (this.orders[b] as number))
  }

  private move(from: number, to: number): void {
    this.place(to, this.times[from] as number, this.orders[from] as number, this.items[from] as T)
  }

  private place(at: number, time: number, order: number, item: T): void {
    this.times[at] = time
    this.orders[at] = order
    this.items[at] = item
  }
}
