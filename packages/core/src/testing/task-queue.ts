// Tasks in the order of their times, and of their arrival where those are equal. Knows nothing of what they do.

type Task = { at: number; order: number; run: () => void }

const goesFirst = (a: Task, b: Task) => a.at < b.at || (a.at === b.at && a.order < b.order)

/** A binary heap: the first task is always in place 0. */
export class TaskQueue {
  private readonly heap: Task[] = []
  private added = 0

  /** When the first task is due; Infinity if there is none. */
  get nextAt(): number {
    return this.heap[0]?.at ?? Infinity
  }

  add(at: number, run: () => void): void {
    const task = { at, order: this.added++, run }
    let place = this.heap.push(task) - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      const above = this.heap[parent] as Task
      if (!goesFirst(task, above)) break
      this.heap[place] = above
      place = parent
    }
    this.heap[place] = task
  }

  runFirst(): void {
    const first = this.heap[0]
    const last = this.heap.pop()
    if (!first || !last) return
    if (first !== last) this.sink(last)
    first.run()
  }

  private sink(task: Task): void {
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      const left = this.heap[child]
      if (!left) break
      const right = this.heap[child + 1]
      const lesser = right && goesFirst(right, left) ? right : left
      if (lesser === right) child++
      if (!goesFirst(lesser, task)) break
      this.heap[place] = lesser
      place = child
    }
    this.heap[place] = task
  }
}
