// Asks the tracker, over one line, what a newcomer would: a way in, the time, and whom to ask for addresses. Knows
// nothing of WebRTC.
import { JoinReply, LabClockReply, Refusal, type RefusalCode } from '@swarmdrop/core/signaling'
import { TrackerLine } from '../line/tracker-line'
import { iceServersOf } from '../links/ice-servers'
import type { IceServer, Line } from '../ports'
import type { Timers } from '../time/timers'

/** The quickest of so many answers tells the round trip and the time best. */
const CLOCK_QUESTIONS = 3
/** A line that stands and says nothing for this long says nothing at all. */
const ANSWERS_WITHIN_MS = 3_000

export type TrackerAnswer = {
  roundTripMs: number
  /** The tracker's clock less ours; undefined where it did not tell the time. */
  clockOffsetMs: number | undefined
  iceServers: readonly IceServer[]
  /** Whether the tracker carries frames itself. */
  relays: boolean
  refused?: RefusalCode | 'no-answer'
}

type ProbePorts = { time: Timers; host: string; newLine(): Line }

/**
 * Joins a swarm of its own for a moment: to close the line is to leave it. Undefined where the line does not stand
 * within `withinMs`, or fails before that.
 */
export async function askTracker(
  { time, host, newLine }: ProbePorts,
  swarmId: string,
  withinMs: number,
): Promise<TrackerAnswer | undefined> {
  const line = new TrackerLine(newLine(), time)
  try {
    return (await stands(line, time, withinMs)) ? await ask(line, time, host, swarmId) : undefined
  } finally {
    line.close()
  }
}

function stands(line: TrackerLine, time: Timers, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = time.after(withinMs, () => resolve(false))
    const settle = (isUp: boolean) => {
      cancel()
      resolve(isUp)
    }
    // The first failure is enough: the line itself would try again for ever.
    line.start({ up: () => settle(true), lost: () => settle(false), heard: () => {} })
  })
}

async function ask(line: TrackerLine, time: Timers, host: string, swarmId: string): Promise<TrackerAnswer> {
  const cancel = time.after(ANSWERS_WITHIN_MS, () => line.close())
  const beganAt = time.now()
  const answer = await line.ask('join', { swarmId, wants: 0 })
  let roundTripMs = time.now() - beganAt
  let clockOffsetMs: number | undefined
  for (let i = 0; i < CLOCK_QUESTIONS; i++) {
    const askedAt = time.now()
    const told = LabClockReply.safeParse(await line.ask('lab-clock', {})).data
    if (!told) break
    const tookMs = time.now() - askedAt
    if (clockOffsetMs === undefined || tookMs < roundTripMs) clockOffsetMs = told.nowMs - (time.wallMs() - tookMs / 2)
    roundTripMs = Math.min(roundTripMs, tookMs)
  }
  cancel()
  const reply = JoinReply.safeParse(answer).data
  if (reply) {
    const iceServers = iceServersOf(reply, host)
    return { roundTripMs, clockOffsetMs, iceServers, relays: reply.relays === true }
  }
  const refused = Refusal.safeParse(answer).data?.refused ?? 'no-answer'
  return { roundTripMs, clockOffsetMs, iceServers: [], relays: false, refused }
}
