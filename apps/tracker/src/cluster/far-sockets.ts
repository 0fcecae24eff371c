// Sockets of other nodes, by names that say where they are: what is said to one goes to its node. Knows nothing of what
// is said.
import type { From, Sockets } from '../desk'
import type { SocketId } from '../members'
import type { Cluster } from './cluster'
import type { NodeTag } from './keys'

/** No name that the gateway gives has one. */
const SEPARATOR = '/'

export const farName = (node: NodeTag, socket: SocketId): SocketId => node + SEPARATOR + socket

type Emitted = { socket: SocketId; event: string; content: unknown }

/** How others hear what a socket of theirs is told; `heard` also hears it. */
export function reachAll(own: Sockets, cluster: Cluster, maxUnreadBytes: number): Sockets {
  const { bus } = cluster
  bus.on('emit', ({ socket, event, content }: Emitted) => {
    // Its sender could not know how much waits here. What participants report they say again.
    if (isReport(event, content) && own.unreadBy(socket) > maxUnreadBytes) return
    own.emit(socket, event, content)
  })
  bus.on('cut', ({ socket, reason }: { socket: SocketId; reason: string }) => own.cut(socket, reason))

  const farOf = (name: SocketId): (From & { node: NodeTag }) | undefined => {
    const at = name.indexOf(SEPARATOR)
    return at < 0 ? undefined : { node: name.slice(0, at), socket: name.slice(at + 1), address: '' }
  }
  return {
    emit(name, event, content) {
      const far = farOf(name)
      if (!far) return own.emit(name, event, content)
      const emitted: Emitted = { socket: far.socket, event, content }
      bus.tell(far.node, 'emit', emitted)
    },
    unreadBy: (name) => (farOf(name) ? 0 : own.unreadBy(name)),
    cut(name, reason) {
      const far = farOf(name)
      if (far) bus.tell(far.node, 'cut', { socket: far.socket, reason })
      else own.cut(name, reason)
    },
    isOpen: (name) => farOf(name) !== undefined || own.isOpen(name),
  }
}

const isReport = (event: string, content: unknown) =>
  event === 'lab' && (content as { type?: unknown }).type === 'message'
