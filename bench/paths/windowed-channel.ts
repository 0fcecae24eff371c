// Bare data channels between pages of two browsers, with so much under way at once that the path's queue does not
// overflow: what the best of windows brings. Knows nothing of paths.
import type { FarPage } from './far-page'

/**
 * `windowBytes`: the most that is sent and not yet acknowledged by the receiving page, divided among the connections.
 */
export type ChannelUse = { connections: number; windowBytes: number }

/** The seconds from the first message to the last page's word that all is there. */
export async function windowedSeconds(
  sender: FarPage,
  receiver: FarPage,
  bytes: number,
  use: ChannelUse,
): Promise<number> {
  await receiver.evaluate(countBytes, bytes)
  await sender.evaluate(forgetChannels, null)
  for (let number = 0; number < use.connections; number++) {
    const answer = await receiver.evaluate(answerOffer, await sender.evaluate(offerChannel, null))
    await sender.evaluate(acceptAnswer, answer)
  }
  // Small compared with the window, which is full only if whole messages fill it.
  const messageBytes = Math.min(65_536, use.windowBytes / use.connections / 4)
  return sender.evaluate(sendInWindow, { bytes, messageBytes, windowBytes: use.windowBytes / use.connections })
}

// These run in the pages. Descriptions go with all candidates in them, by way of the benchmark.

declare global {
  interface Window {
    outgoing: { connection: RTCPeerConnection; channel: RTCDataChannel }[]
    /** What one arriving message counts for: the words to answer it with. */
    acknowledge: (bytes: number) => string
  }
}

function countBytes(bytes: number): void {
  let left = bytes
  window.acknowledge = (arrived) => {
    left -= arrived
    return left > 0 ? String(arrived) : 'all here'
  }
}

function forgetChannels(): void {
  window.outgoing = []
}

async function offerChannel(): Promise<RTCSessionDescriptionInit> {
  const connection = new RTCPeerConnection()
  window.outgoing.push({ connection, channel: connection.createDataChannel('raw') })
  await connection.setLocalDescription()
  while (connection.iceGatheringState !== 'complete')
    await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }))
  return connection.localDescription?.toJSON() as RTCSessionDescriptionInit
}

async function answerOffer(offer: RTCSessionDescriptionInit): Promise<RTCSessionDescriptionInit> {
  const connection = new RTCPeerConnection()
  connection.ondatachannel = ({ channel }) => {
    channel.binaryType = 'arraybuffer'
    channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => channel.send(window.acknowledge(data.byteLength))
    // Held by what it calls: else a collection may take it.
    channel.onclose = () => connection.close()
  }
  await connection.setRemoteDescription(offer)
  await connection.setLocalDescription()
  while (connection.iceGatheringState !== 'complete')
    await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }))
  return connection.localDescription?.toJSON() as RTCSessionDescriptionInit
}

async function acceptAnswer(answer: RTCSessionDescriptionInit): Promise<void> {
  const { connection, channel } = window.outgoing.at(-1) as Window['outgoing'][number]
  await connection.setRemoteDescription(answer)
  if (channel.readyState !== 'open') await new Promise((resolve) => channel.addEventListener('open', resolve))
}

type Sending = { bytes: number; messageBytes: number; windowBytes: number }

/** `windowBytes`: of each channel. Which of them a message goes over is decided by who has room. */
async function sendInWindow({ bytes, messageBytes, windowBytes }: Sending): Promise<number> {
  const message = new Uint8Array(messageBytes)
  const startedAt = performance.now()
  let left = bytes
  await new Promise((resolve) => {
    for (const { channel } of window.outgoing) {
      let underWay = 0
      const fill = () => {
        for (; left > 0 && underWay + messageBytes <= windowBytes; left -= messageBytes, underWay += messageBytes)
          channel.send(message)
      }
      channel.onmessage = ({ data }) => {
        if (data === 'all here') return resolve(data)
        underWay -= Number(data)
        fill()
      }
      fill()
    }
  })
  return (performance.now() - startedAt) / 1000
}
