// A synchronous file in memory, for tests: a disk that can be told to fail.
import type { SyncHandle } from '../stores/sync-handle'

export class FakeHandle implements SyncHandle {
  bytes = new Uint8Array(0)
  refuse: Error | undefined
  writable = Number.POSITIVE_INFINITY

  read(into: Uint8Array, { at }: { at: number }): number {
    if (this.refuse) throw this.refuse
    const found = this.bytes.subarray(at, at + into.length)
    into.set(found)
    return found.length
  }
  write(from: Uint8Array, { at }: { at: number }): number {
    if (this.refuse) throw this.refuse
    const written = from.subarray(0, this.writable)
    this.bytes.set(written, at)
    return written.length
  }
  truncate(bytes: number): void {
    if (this.refuse) throw this.refuse
    const kept = this.bytes.subarray(0, bytes)
    this.bytes = new Uint8Array(bytes)
    this.bytes.set(kept)
  }
  getSize(): number {
    return this.bytes.length
  }
  flush(): void {}
  close(): void {}

  /** The disk as a later page finds it. */
  copy(): FakeHandle {
    const later = new FakeHandle()
    later.bytes = this.bytes.slice()
    return later
  }
}
