// Looks through a folder away from the window: to open a file alone holds a thread up until the browser has answered,
// and there are tens of thousands. Knows nothing of what is found.
import { answerCalls } from '../workers/worker-calls'
import { thingOfHandle } from './things'
import { TreeReader } from './tree-reader'

let reader: TreeReader | undefined

const methods = {
  begin(root: FileSystemDirectoryHandle): void {
    reader = new TreeReader(thingOfHandle(root))
  },
  findOn: () => reader?.findOn(),
  openOn: () => reader?.openOn(),
}
export type TreeMethods = typeof methods
answerCalls(methods)
