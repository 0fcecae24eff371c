// A simulated experiment in words and tables, for a person. Runs nothing.
import { CHUNK_BYTES } from '@swarmdrop/core'
import type { Experiment, ExperimentResult } from '@swarmdrop/core/simulation'
import { median, table } from '../tooling/figures'

const BINDING = {
  'server-upload': 'the server’s upload sets it',
  'slowest-download': 'the slowest download sets it',
  'total-upload': 'the upload of all together sets it',
}

export function describeResult(experiment: Experiment, result: ExperimentResult): string {
  const { fileBytes, chunkBytes = CHUNK_BYTES, mode, name, seed } = experiment
  const chunks = Math.ceil(fileBytes / chunkBytes)
  return [
    name,
    `${result.peers.length} peers, ${megabytes(fileBytes)} MB in ${chunks} chunks, ${mode}, seed ${seed}`,
    '',
    times(result, mode),
    '',
    `Uplinks were used to ${(100 * result.uploadUtilisation).toFixed(1)} %; the server sent ${(result.serverUploadedBytes / fileBytes).toFixed(2)} copies.`,
    ...queues(result),
    '',
    groups(experiment, result),
  ].join('\n')
}

function queues({ queues }: ExperimentResult): string[] {
  if (!queues) return []
  const { droppedPackets, lostByChance, meanWaitMs, longestWaitMs } = queues
  return [
    `Queues dropped ${droppedPackets} packets, chance took ${lostByChance}; a byte waited ${meanWaitMs.toFixed(0)} ms in queues, the longest wait was ${longestWaitMs.toFixed(0)} ms.`,
  ]
}

function times({ bounds, distributionSeconds, ratio }: ExperimentResult, mode: Experiment['mode']): string {
  const simulated =
    distributionSeconds === null || ratio === null
      ? ['simulated', '–', '', 'not everybody got it']
      : [
          'simulated',
          seconds(distributionSeconds),
          clock(distributionSeconds),
          `${ratio.toFixed(3)} × the ${mode === 'p2p' ? 'whole-chunk' : 'client-server'} bound`,
        ]
  return table(
    ['distribution time', 's', 'h:min:s', ''],
    [
      ['client-server bound', seconds(bounds.clientServer), clock(bounds.clientServer), ''],
      ['peer-to-peer bound', seconds(bounds.p2p), clock(bounds.p2p), ''],
      ['whole-chunk bound', seconds(bounds.chunked), clock(bounds.chunked), BINDING[bounds.binding]],
      simulated,
    ],
  )
}

function groups({ peers: groups }: Experiment, { peers }: ExperimentResult): string {
  let from = 0
  const rows = groups.map((group) => {
    const members = peers.slice(from, from + group.count)
    from += group.count
    const completed = members.flatMap(({ completedAtSeconds }) => completedAtSeconds ?? [])
    const mean = (of: (peer: (typeof members)[number]) => number) =>
      megabytes(members.reduce((sum, peer) => sum + of(peer), 0) / members.length)
    return [
      group.behaviour ?? 'normal',
      kilobytes(group.uploadBytesPerSecond),
      kilobytes(group.downloadBytesPerSecond),
      `${completed.length} of ${group.count}`,
      ...[Math.min(...completed), median(completed), Math.max(...completed)].map((at) =>
        completed.length > 0 ? seconds(at) : '–',
      ),
      mean((peer) => peer.uploadedBytes),
      mean((peer) => peer.downloadedBytes),
    ]
  })
  const head = ['peers', 'up, kB/s', 'down, kB/s', 'complete', 'first, s', 'median, s', 'last, s']
  return table([...head, 'sent, MB each', 'received, MB each'], rows)
}

const seconds = (value: number) => value.toFixed(1)
const kilobytes = (bytes: number) => (bytes / 1e3).toFixed(1)
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)

function clock(value: number): string {
  const whole = Math.round(value)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}
