// Reads and proves away from the window: to cut a slice off a Blob alone holds its thread up until the browser has
// answered.
import { answerCalls } from '../workers/worker-calls'
import { ExtentReader } from './extent-reader'

let reader = new ExtentReader(new Blob())

const methods = {
  open(content: Blob): void {
    reader = new ExtentReader(content)
  },
  read: (start: number, end: number, digest: Uint8Array) => reader.readProved(start, end, digest),
}
export type ProvedReadingMethods = typeof methods
answerCalls(methods)
