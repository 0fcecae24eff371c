// Opens the WebSocket to the tracker while the page's scripts are still on their way: a line takes three ways there and
// back to make. The part that makes the page's first line takes it (adapters/network/tracker-lines.ts). Knows nothing
// of what is said on it.
import { pathOf } from '../session/base-path'

/**
 * Runs before all else, and as it stands here. Only for people who open a link: the start page needs no line. `40` is
 * socket.io's greeting. In development the tracker is another server.
 */
const script = (path: string) =>
  `if(location.hash.length>40)try{let s=new WebSocket(location.origin.replace('http','ws')+'${path}?EIO=4&transport=websocket'),heard=[];s.onopen=()=>s.send('40');s.onmessage=e=>heard.push(e.data);self.swarmdropLine={socket:s,heard}}catch{}`

export function OpenEarlyLine() {
  if (process.env.NEXT_PUBLIC_TRACKER_URL !== undefined) return null
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a text of ours, which the page's policy lets in by its hash
  return <script id="early-line" dangerouslySetInnerHTML={{ __html: script(pathOf('/socket.io/')) }} />
}
