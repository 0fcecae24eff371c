// Tells who sits at this machine where others can open its page, and nobody else. Knows not where that is.
import type { IncomingMessage } from 'node:http'
import type { AddressesReply } from '@swarmdrop/core/signaling'
import type { RequestHandler } from 'express'
import ipaddr from 'ipaddr.js'
import { isThisMachine } from './pages-for-others'

/** Headers that proxies add. A proxy on this machine passes requests of the whole world on from here. */
const BY_PROXIES = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

export const tellAddresses =
  (addresses: () => string[]): RequestHandler =>
  (request, response) => {
    const reply: AddressesReply = { addresses: isFromThisMachine(request) ? addresses() : [] }
    response.set('Cache-Control', 'no-store').json(reply)
  }

/**
 * Whether a request is from a loopback address, to a loopback address or name (another site's name may have been made
 * to point here), and not by way of a proxy. nginx, as it comes, adds nothing, and speaks HTTP/1.0.
 */
function isFromThisMachine({ socket, headers, httpVersion }: IncomingMessage): boolean {
  const { remoteAddress = '' } = socket
  if (!ipaddr.isValid(remoteAddress) || ipaddr.process(remoteAddress).range() !== 'loopback') return false
  if (httpVersion === '1.0' || BY_PROXIES.some((name) => name in headers)) return false
  const url = `http://${headers.host ?? ''}`
  return URL.canParse(url) && isThisMachine(new URL(url).hostname)
}
