// A manifest of thousands of files: proved when it comes, and read in a turn of its own.
import { sha256 } from '@noble/hashes/sha2.js'
import { expect, it } from 'vitest'
import { buildContent } from '../content/index'
import { LoneSwarm } from '../testing/lone-swarm'
import type { TestContent } from '../testing/test-content'

const files = Array.from({ length: 6_000 }, (_, index) => ({
  path: `${'a long name '.repeat(8)}${String(index).padStart(5, '0')}`,
  bytes: 0,
}))
const long: TestContent = { ...buildContent(files, new Uint8Array(0)), chunks: [] }

/** The same list, and what its link names; but the first two files have changed places. */
function outOfOrder(): TestContent {
  const text = new TextDecoder().decode(long.content.manifestBytes)
  const [first, second] = files.map(({ path }) => path)
  const manifestBytes = new TextEncoder().encode(
    text.replace(`${first}`, 'x').replace(`${second}`, `${first}`).replace('"x"', `"${second}"`),
  )
  return { ...long, content: { ...long.content, id: sha256(manifestBytes), manifestBytes } }
}

function bring(swarm: LoneSwarm, peer: string, { content }: TestContent): void {
  for (const { part, offset, length } of swarm.sent('metadata-request', peer))
    swarm.receive(peer, {
      type: 'metadata-block',
      part,
      offset,
      data: content.manifestBytes.slice(offset, offset + length),
    })
}

it('[METADATA-1] is known a turn later, and nobody is asked for it meanwhile', () => {
  const swarm = new LoneSwarm(long)
  swarm.join('a', 'all')
  bring(swarm, 'a', long)
  expect(swarm.emitted('content-known')).toHaveLength(0)
  swarm.join('b', 'all')
  expect(swarm.sent('metadata-request', 'b')).toEqual([])
  swarm.advanceTo(0)
  expect(swarm.emitted('content-known').map(({ content }) => content.manifest.files.length)).toEqual([6_000])
  swarm.advanceTo(60_000)
  expect(swarm.emitted('content-known')).toHaveLength(1)
})

it('[METADATA-1] is known though who brought it has left by then', () => {
  const swarm = new LoneSwarm(long)
  swarm.join('a', 'all')
  bring(swarm, 'a', long)
  swarm.handle({ type: 'peer-left', peer: 'a' })
  swarm.advanceTo(0)
  expect(swarm.emitted('content-known')).toHaveLength(1)
})

it('[METADATA-2] bans who brings one that is the link’s and cannot be used', () => {
  const bad = outOfOrder()
  const swarm = new LoneSwarm(bad)
  swarm.join('a', 'all')
  bring(swarm, 'a', bad)
  expect(swarm.emitted('drop-peer')).toEqual([])
  swarm.advanceTo(0)
  expect(swarm.emitted('drop-peer').map(({ peer, ban }) => [peer, ban])).toEqual([['a', true]])
  expect(swarm.emitted('content-known')).toHaveLength(0)
})
