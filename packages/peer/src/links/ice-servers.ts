// Which STUN and TURN servers the links of a swarm ask, by what the tracker says. Asks none.
import type { JoinReply } from '@swarmdrop/core/signaling'
import type { IceServer } from '../ports'

/** `trackerHost`: as it stands in a URL, IPv6 in brackets. */
export function iceServersOf(
  { iceServers, stunPort }: Pick<JoinReply, 'iceServers' | 'stunPort'>,
  trackerHost: string | undefined,
): IceServer[] {
  const named = iceServers.map(({ urls, username, credential }) => ({
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  }))
  if (stunPort === undefined || trackerHost === undefined) return named
  return [{ urls: [`stun:${trackerHost}:${stunPort}`] }, ...named]
}
