// What the browser's own data channel carries between pages, with nothing of ours in between: the measure of all else.
import type { Page } from '@playwright/test'

/** The marks that Swarmdrop keeps too, and the size of its blocks. */
const MESSAGE_BYTES = 65_536
const HIGH_MARK_BYTES = 1_048_576
const LOW_MARK_BYTES = 524_288

/**
 * Sends `bytes` from one page to each of the others at once; seconds from the first message to the last page's last
 * byte.
 */
export async function rawSeconds(sender: Page, receivers: Page[], bytes: number): Promise<number> {
  await Promise.all(receivers.map((page, number) => page.evaluate(receiveRaw, { number, bytes })))
  await sender.evaluate(connectRaw, receivers.length)
  return sender.evaluate(sendRaw, { bytes, message: MESSAGE_BYTES, high: HIGH_MARK_BYTES, low: LOW_MARK_BYTES })
}

// These run in the pages. They signal by BroadcastChannel: pages of one origin in one browser hear each other.

declare global {
  interface Window {
    rawChannels: RTCDataChannel[]
  }
}

function receiveRaw({ number, bytes }: { number: number; bytes: number }): void {
  const line = new BroadcastChannel(`raw ${number}`)
  const peer = new RTCPeerConnection({ iceServers: [] })
  let received = 0
  let turn = Promise.resolve()
  peer.onicecandidate = ({ candidate }) => line.postMessage({ candidate: candidate?.toJSON() })
  peer.ondatachannel = ({ channel }) => {
    channel.binaryType = 'arraybuffer'
    channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      received += data.byteLength
      if (received >= bytes) channel.send('all here')
    }
    channel.onclose = () => peer.close()
  }
  line.onmessage = ({ data }) => {
    turn = turn.then(async () => {
      if (data.candidate) await peer.addIceCandidate(data.candidate)
      if (!data.description) return
      await peer.setRemoteDescription(data.description)
      await peer.setLocalDescription()
      line.postMessage({ description: peer.localDescription?.toJSON() })
    })
  }
}

async function connectRaw(count: number): Promise<void> {
  const open = async (number: number): Promise<RTCDataChannel> => {
    const line = new BroadcastChannel(`raw ${number}`)
    const peer = new RTCPeerConnection({ iceServers: [] })
    const channel = peer.createDataChannel('raw')
    let turn = Promise.resolve()
    peer.onicecandidate = ({ candidate }) => line.postMessage({ candidate: candidate?.toJSON() })
    line.onmessage = ({ data }) => {
      turn = turn.then(async () => {
        if (data.description) await peer.setRemoteDescription(data.description)
        if (data.candidate) await peer.addIceCandidate(data.candidate)
      })
    }
    await peer.setLocalDescription()
    line.postMessage({ description: peer.localDescription?.toJSON() })
    await new Promise((resolve) => channel.addEventListener('open', resolve))
    return channel
  }
  window.rawChannels = await Promise.all(Array.from({ length: count }, (_, number) => open(number)))
}

type Sending = { bytes: number; message: number; high: number; low: number }

async function sendRaw({ bytes, message, high, low }: Sending): Promise<number> {
  const data = new Uint8Array(message)
  const startedAt = performance.now()
  const pump = (channel: RTCDataChannel) =>
    new Promise((resolve) => {
      let sent = 0
      channel.bufferedAmountLowThreshold = low
      channel.onmessage = resolve
      const fill = () => {
        for (; sent < bytes && channel.bufferedAmount < high; sent += message) channel.send(data)
      }
      channel.onbufferedamountlow = fill
      fill()
    })
  await Promise.all(window.rawChannels.map(pump))
  const seconds = (performance.now() - startedAt) / 1000
  for (const channel of window.rawChannels) channel.close()
  return seconds
}
