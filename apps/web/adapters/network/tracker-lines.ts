// Lines to the tracker, and one that is opened before anybody knows what it will be for: it takes longer to make than
// to use.
import { type EarlySocket, type Line, SocketLine } from '@swarmdrop/peer'
import type { Transport } from '@swarmdrop/peer/check'
import { ownTimers } from '../workers/waiting'

declare global {
  interface Window {
    /** The socket that the script opened which runs before all others (app/early-line.tsx). */
    swarmdropLine?: EarlySocket
  }
}

/** Takes the early socket, for one line. */
function takeEarlySocket(): EarlySocket | undefined {
  const { swarmdropLine } = window
  delete window.swarmdropLine
  return swarmdropLine
}

/** Closes the early socket, on a page that needs no line after all. */
export function closeEarlySocket(): void {
  takeEarlySocket()?.socket.close()
}

let ahead: { url: string; line: SocketLine } | undefined

/** Opens the line that the next one who asks for this tracker gets. */
export function expectLine(url: string): void {
  if (ahead) return
  ahead = { url, line: new SocketLine(url, ownTimers, { early: takeEarlySocket }) }
  ahead.line.connect()
}

export function newLine(url: string): Line {
  if (ahead?.url !== url) return new SocketLine(url, ownTimers)
  const { line } = ahead
  ahead = undefined
  return line
}

/** A line that goes one way alone, for anyone who wants to know whether that way is open. */
export const newLineBy = (url: string, transport: Transport): Line =>
  new SocketLine(url, ownTimers, { only: transport })
