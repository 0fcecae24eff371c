// The loop on real WebRTC (libwebrtc in Node): what the check says of a browser is what happens there.
import wrtc from '@roamhq/wrtc'
import { describe, expect, it } from 'vitest'
import { type Rtc, simplePeerLinks } from '../links/simple-peer-link'
import { Timers } from '../time/timers'
import { loop } from './loop'

const time = new Timers({
  now: () => performance.now(),
  wallMs: () => Date.now(),
  ...(() => {
    let timer: NodeJS.Timeout | undefined
    const clearAlarm = () => clearTimeout(timer)
    const setAlarm = (atMs: number, ring: () => void) => {
      clearAlarm()
      timer = setTimeout(ring, Math.ceil(atMs - performance.now()))
    }
    return { clearAlarm, setAlarm }
  })(),
})
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)), uniform: Math.random }
const ports = { time, random, openLink: simplePeerLinks(wrtc as unknown as Rtc) }

describe('a loop', () => {
  it('carries bytes over a real data channel, from here to here', async () => {
    const fact = await loop(ports, { iceServers: [], relayOnly: false }, 20_000)
    expect(fact).toMatchObject({ carried: true })
    if (fact.carried) expect(Math.min(fact.openMs, fact.roundTripMs)).toBeGreaterThan(0)
  })

  it('does not open where only a relay may be used and there is none', async () => {
    const fact = await loop(ports, { iceServers: [], relayOnly: true }, 300)
    expect(fact).toEqual({ carried: false, opened: false })
  })
})
