// Random packets, some of them broken, sent down both ways that messages take: what comes back must be the same.
import { afterEach, expect, it, vi } from 'vitest'
import { closeAll } from './testing/cleanup'
import { messagePaths } from './testing/message-paths'
import { CLOSE_FRAME, openRawSocket } from './testing/raw-socket'
import { seededRandom, testSeed } from './testing/seeded-random'

afterEach(closeAll)

const PACKETS = [
  '42["leave"]',
  '420["leave"]',
  '421["more",{"swarmId":"ssssssssssssssssssssss"}]',
  '422["lab-join",{"code":"ABCDEF","name":"Ada"}]',
  '423["lab-send",{"to":"all","body":"x"}]',
  '4204["leave",null]',
  '42 5["leave"]',
  '4214 ["leave"]',
  '426[6]',
  '427["__proto__",{"__proto__":1}]',
  '428["é\\u0000","é"]',
  '42/,9["leave"]',
  '42123456789012345678["leave"]',
  '430[]',
  '3',
]
/** Texts after which, with what follows, the tracker closes the connection. */
const ENDS = [
  '40',
  '4210["connect"]',
  '4211[]',
  '4212["leave"',
  '42/other,13["leave"]',
  '42-1["leave"]',
  '451-15["signal",{"_placeholder":true,"num":0}]',
  '450-16["leave"]',
  '44{"message":"x"}',
  '41',
]
const [TURNS, AT_ONCE] = [8, 8] as const
const seed = testSeed()

it(`both ways answer any packets alike (SEED=${seed})`, async () => {
  const random = seededRandom(seed)
  const trackers = await Promise.all(messagePaths.map(([, openTracker]) => openTracker()))
  const draw = (packets: string[]) => packets[Math.floor(random() * packets.length)] ?? ''
  const compareOne = async () => {
    const packets = Array.from({ length: 1 + Math.floor(random() * 5) }, () => draw(PACKETS))
    const end = draw(ENDS)
    const [past, through] = await Promise.all(trackers.map(({ port }) => answersTo(port, packets, end)))
    expect(past, [...packets, end].join(' ')).toBe(through)
  }
  for (let turn = 0; turn < TURNS; turn++) await Promise.all(Array.from({ length: AT_ONCE }, compareOne))
}, 60_000)

async function answersTo(port: number, packets: string[], end: string): Promise<string> {
  const raw = await openRawSocket(port)
  raw.send(...packets, '4299["leave"]')
  await vi.waitFor(() => expect(raw.received()).toContain('4399['))
  raw.send(end)
  await vi.waitFor(() => {
    raw.send('4298["leave"]')
    expect(raw.received()).toContain(CLOSE_FRAME)
  })
  return raw.received().replace(/^.*?40\{"sid":"[^"]*"\}/s, '')
}
