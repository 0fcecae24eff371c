// Decides which room makes way for a new one. Knows nothing of what happens in rooms; time is an argument.
import type { Room } from './room'

/** A room that has just been opened or left has this long for somebody to come, or to come back. */
const SETTLING_MS = 60_000

export type RoomBounds = { maxRooms: number; maxRoomsPerAddress: number }

/**
 * Undefined: there is room for one more of `address`. Past its bound a room of this address makes way; past the bound
 * of all one of the address that has the most. First goes a room that stands empty and nobody ever came to, then, of
 * those in which nobody is, or nobody but a host to whom nobody came, the one longest unused, after a minute. A class
 * goes never: `none`.
 */
export function roomToGo(
  rooms: Iterable<Room>,
  address: string,
  { maxRooms, maxRoomsPerAddress }: RoomBounds,
  now: number,
): Room | 'none' | undefined {
  const all = [...rooms]
  const isOverOwn = all.filter((room) => room.address === address).length >= maxRoomsPerAddress
  if (!isOverOwn && all.length < maxRooms) return undefined
  const from = isOverOwn ? address : addressWithMost(all)
  const [first] = all
    .filter((room) => room.address === from && mayGo(room, now))
    .sort((one, other) => Number(isDeserted(other)) - Number(isDeserted(one)) || one.usedAtMs - other.usedAtMs)
  return first ?? 'none'
}

const isDeserted = (room: Room) => room.isEmpty && !room.isVisited

function mayGo(room: Room, now: number): boolean {
  if (isDeserted(room)) return true
  const isClass = room.presentSockets.length > 0 || (room.isVisited && !room.isEmpty)
  return !isClass && now - room.usedAtMs >= SETTLING_MS
}

function addressWithMost(rooms: Room[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { address } of rooms) counts.set(address, (counts.get(address) ?? 0) + 1)
  return [...counts].reduce<[string?, number?]>((most, one) => (one[1] > (most[1] ?? 0) ? one : most), [])[0]
}
