// Has the browser's WebRTC gather this device's addresses, and hears what servers answered. Connects to nobody.
import type { LinkConfiguration } from '@swarmdrop/peer'
import type { Gathered } from '@swarmdrop/peer/check'

/** `candidate:1 1 udp 2122260223 192.0.2.5 50000 typ host …`: the address, and of what kind it is. */
const form = /^(?:a=)?candidate:\S+ \d+ \S+ \d+ (\S+) \d+ typ (\w+)/

const kinds: Record<string, 'host' | 'reflexive' | 'relayed'> = { host: 'host', srflx: 'reflexive', relay: 'relayed' }

/**
 * The addresses of this device, after `withinMs` as far as they are known. Rejects where the browser makes no
 * connection at all.
 */
export async function gatherAddresses(
  { iceServers, relayOnly }: LinkConfiguration,
  withinMs: number,
): Promise<Gathered> {
  const gathered: Gathered = { host: [], reflexive: [], relayed: [], errorCodes: [], finished: false }
  const connection = new RTCPeerConnection({
    iceServers: [...iceServers],
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
  })
  try {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      const [, address, type = ''] = form.exec(candidate?.candidate ?? '') ?? []
      const kind = kinds[type]
      if (address !== undefined && kind) gathered[kind].push(address)
    })
    connection.addEventListener('icecandidateerror', (event) => {
      gathered.errorCodes.push((event as RTCPeerConnectionIceErrorEvent).errorCode)
    })
    await new Promise<void>((resolve, reject) => {
      setTimeout(resolve, withinMs)
      connection.addEventListener('icegatheringstatechange', () => {
        gathered.finished = connection.iceGatheringState === 'complete'
        if (gathered.finished) resolve()
      })
      connection.createDataChannel('swarmdrop')
      connection.setLocalDescription().catch(reject)
    })
    return gathered
  } finally {
    connection.close()
  }
}
