// How things are called in Redis. What stands in braces decides where a Redis Cluster keeps a key: what one script
// touches has the same there.
import type { PeerId, SwarmId } from '@swarmdrop/core/signaling'
import { randomId } from '../random-ids'

/** Four characters of base64url, drawn when a node starts: the first of each id that it gives. */
export type NodeTag = string
const TAG_CHARACTERS = 4
const ID_CHARACTERS = 22

export const isTag = (value: unknown): value is NodeTag => typeof value === 'string' && /^[\w-]{4}$/.test(value)
export const drawTag = (): NodeTag => randomId().slice(0, TAG_CHARACTERS)
/** An id that cannot be guessed: 108 bits of chance follow the tag. */
export const idFrom = (tag: NodeTag): string => tag + randomId().slice(0, ID_CHARACTERS - TAG_CHARACTERS)
export const tagOf = (id: PeerId): NodeTag => id.slice(0, TAG_CHARACTERS)

/** Swarms are spread over so many hash tags. A script serves all those of one of them that are asked for at once. */
export const BUCKETS = 16

/** Two characters of an id, near its end; the factor keeps their order apart. */
const MIXED = { first: 20, second: 21, factor: 31 }

/** The hash tag of a swarm: ids are random, so two characters spread them evenly. */
export const bucketOf = (swarmId: SwarmId): number =>
  (swarmId.charCodeAt(MIXED.first) * MIXED.factor + swarmId.charCodeAt(MIXED.second)) % BUCKETS

export const keys = {
  /** Sorted set: the tags of all nodes, by when each was heard last. */
  nodes: 'swarmdrop:{nodes}',
  /** Held by the one that removes what a dead node has left. */
  sweeping: (tag: NodeTag) => `swarmdrop:{nodes}:sweeping:${tag}`,
  /** What a node listens to. */
  channel: (tag: NodeTag) => `swarmdrop:{node-${tag}}`,
  /** The tag of the node that holds the room of this code. */
  room: (code: string) => `swarmdrop:{room-${code}}`,
  /** Hash: the tag of the node that holds each number. */
  codes: 'swarmdrop:{codes}',
  /**
   * Before a swarm's id. Sorted set of its members' ids, all of the same score: in order of their names, so by node.
   */
  swarms: (bucket: number) => `swarmdrop:{${bucket}}:swarm:`,
  /** A set: the ids of the swarms in which a node has members. */
  swarmsOf: (bucket: number, tag: NodeTag) => `swarmdrop:{${bucket}}:swarms-of:${tag}`,
}
