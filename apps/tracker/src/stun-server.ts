// Tells browsers their own public address, so that two homes find each other: a STUN server next to the tracker, over
// UDP. Knows nothing of swarms, nor of what stands in a message.
import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import type { Logger } from 'pino'
import { networkOf } from './address'
import type { Limits } from './limits'
import { KeyedBuckets } from './rate-limit'
import { answerTo } from './stun'

/** Answers that the system has not taken yet; what comes while there are more gets none. */
const MAX_UNSENT_BYTES = 65_536

export type StunServerOptions = {
  /** 0: any free one. */
  port: number
  host: string
  limits: Pick<Limits, 'stun' | 'addresses'>
  log: Logger
  now: () => number
}

export type StunServer = {
  port: number
  /** Addresses whose rate is remembered. */
  readonly remembered: number
  close(): Promise<void>
}

/** Resolves when it answers. Rejects with the system's error, such as EADDRINUSE. */
export async function openStunServer({ port, host, limits, log, now }: StunServerOptions): Promise<StunServer> {
  const rates = new KeyedBuckets(limits.stun, limits.addresses)
  const serve = (socket: Socket) => {
    // An answer that did not arrive, as the system of its receiver says: no matter of ours.
    socket.on('error', (error) => log.debug({ err: error }, 'a STUN socket'))
    socket.on('message', (request, source) => {
      const network = networkOf(source.address)
      if (network === undefined || !rates.take(network, 1, now())) return
      const answer = answerTo(request, source)
      if (answer === undefined || socket.getSendQueueSize() > MAX_UNSENT_BYTES) return
      socket.send(answer, source.port, source.address, () => {})
    })
    return socket
  }

  const { address } = await lookup(host)
  // Others may share a port that is opened for sharing, so whether it is free is asked first by one that is not.
  const probe = await bound(address, port, false)
  const { port: free } = probe.address()
  await closed(probe)
  const sockets = [serve(await bound(address, free, true))]
  for (const own of ownAddresses(address)) {
    const socket = await bound(own, free, true).catch((error: unknown) => void log.debug({ err: error }, 'no STUN at'))
    if (socket) sockets.push(serve(socket))
  }
  log.info({ port: free }, 'STUN')

  return {
    port: free,
    get remembered() {
      return rates.size
    },
    async close() {
      await Promise.all(sockets.splice(0).map(closed))
    },
  }
}

async function bound(address: string, port: number, reuseAddr: boolean): Promise<Socket> {
  const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', reuseAddr })
  const listening = once(socket, 'listening')
  socket.bind({ port, address })
  try {
    await listening
    return socket
  } catch (error) {
    await closed(socket)
    throw error
  }
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.close(() => resolve()))

/**
 * The addresses to listen on. Where that is all, those that the machine has now, with a socket for each: the answer
 * then comes from the address that was asked, and no other is taken for it. For an address that the machine gets later,
 * the system decides.
 */
function ownAddresses(listening: string): string[] {
  if (listening !== '::' && listening !== '0.0.0.0') return []
  return Object.values(networkInterfaces())
    .flatMap((infos) => infos ?? [])
    .filter(({ family, scopeid = 0 }) => (family === 'IPv4' ? true : listening === '::' && scopeid === 0))
    .map(({ address }) => address)
}
