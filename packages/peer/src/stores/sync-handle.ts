// A file that is read and written at once, without waiting: a browser's private file in a worker, or a terminal's.
// Knows not what is in it.
export type SyncHandle = {
  read(into: Uint8Array, options: { at: number }): number
  write(from: Uint8Array, options: { at: number }): number
  truncate(bytes: number): void
  getSize(): number
  flush(): void
  close(): void
}
