// Sums up what was found: what it means for sending and receiving, and what to try. Pure; draws nothing.
import type { CheckFacts } from '@swarmdrop/peer/check'

/** `weak`: it works, and somebody may want to do something about it. */
export type Verdict = { tone: 'good' | 'weak' | 'bad'; title: string; means: string }

/** The ways by which a file can come. `far`: a direct way also reaches beyond this network. */
type Ways = { direct: boolean; far: boolean; turn: boolean; server: boolean }

const OTHER_BROWSER = 'Open the page in a current Chrome, Edge, Firefox or Safari.'
const ONLY_WITHIN = 'No direct connection out of this network is possible. Within it, files travel directly.'
const OTHER_NETWORK = 'Try another network, such as a phone’s hotspot.'

/** `isLocal`: the server is in this very network, and so is everybody who can open its page. */
export function verdictOf(facts: Partial<CheckFacts>, isLocal: boolean): Verdict {
  if (facts.webRtc !== 'there') return withoutWebRtc(facts)
  if (facts.tracker?.reached === 'no' || facts.tracker === undefined) return withoutTracker(facts)
  if (facts.tracker.refused !== undefined) return refusedByTracker(facts.tracker.refused)
  const ways = waysOf(facts, isLocal)
  const { tone, title, means } = facts.relayOnly ? hidden(ways) : shown(ways, isLocal)
  // Where there is worse to say, that is enough; each line says its own.
  return { tone, title, means: [means, ...(tone === 'good' ? caveats(facts) : [])].join(' ') }
}

function waysOf({ direct, stun, turn, server }: Partial<CheckFacts>, isLocal: boolean): Ways {
  return {
    direct: direct?.carried === true,
    far: isLocal || (stun?.named === true && stun.answered),
    turn: turn?.named === true && turn.loop?.carried === true,
    server: server?.relays === true && server.loop.carried,
  }
}

function withoutWebRtc({ webRtc }: Partial<CheckFacts>): Verdict {
  const reason =
    webRtc === 'refused'
      ? 'It has WebRTC, but something blocks it: a setting, an extension or an administrator.'
      : 'It lacks WebRTC, or has it switched off.'
  return { tone: 'bad', title: 'This browser cannot send or receive', means: `${reason} ${OTHER_BROWSER}` }
}

function withoutTracker({ tracker }: Partial<CheckFacts>): Verdict {
  const title = 'Nobody can find you from here'
  const web = tracker?.reached === 'no' ? tracker.web : 'nothing'
  const means = {
    tracker: `The server answers, but this network blocks the connections that the page needs. ${OTHER_NETWORK}`,
    other: 'Something else answers in the server’s place. If this network has a login page, sign in there first.',
    nothing: 'The server does not answer. Check that you are online; if you are, the server may be down.',
  }[web]
  return { tone: 'bad', title, means }
}

function refusedByTracker(refused: string): Verdict {
  if (refused === 'no-answer')
    return {
      tone: 'bad',
      title: 'Nobody can find you from here',
      means: 'The server accepts the connection, but does not answer.',
    }
  return {
    tone: 'weak',
    title: 'The server is refusing requests from you',
    means: 'Too many came from your address. Wait a minute, then check again.',
  }
}

function shown({ direct, far, turn, server }: Ways, isLocal: boolean): Verdict {
  const others = turn ? 'go through a relay' : server ? 'go through the server' : ''
  if (direct && far) {
    const strict =
      others === '' ? 'A few strict networks may not let you connect.' : `From strict networks they ${others}.`
    const means = isLocal ? 'The server is in your own network, as are all who can open its page.' : strict
    return { tone: 'good', title: 'Files will reach you directly', means }
  }
  const slower = 'That is slower, but it works.'
  if (turn) {
    const near = direct ? ONLY_WITHIN : slower
    return { tone: 'weak', title: 'Only through a relay: slower', means: near }
  }
  if (server) {
    const near = direct ? ONLY_WITHIN : slower
    return { tone: 'weak', title: 'Only through the server: slower', means: near }
  }
  if (direct)
    return {
      tone: 'weak',
      title: 'Only people in your own network can reach you',
      means: `No connection out of this network is possible, and the server has no relay that works. ${OTHER_NETWORK}`,
    }
  return {
    tone: 'bad',
    title: 'Files cannot reach you here',
    means:
      'This browser cannot connect even to itself, and no relay works. A setting or an extension may limit WebRTC.',
  }
}

/** The verdict for a person who hides their address: through a relay, or not at all. */
function hidden({ turn, server }: Ways): Verdict {
  const by = turn ? 'a relay' : server ? 'the server' : undefined
  if (by !== undefined)
    return {
      tone: 'weak',
      title: `Only through ${by}: slower`,
      means: 'You chose to hide your address from the others.',
    }
  return {
    tone: 'bad',
    title: 'Files cannot reach you here',
    means: 'You chose to hide your address, and no relay works. Show your address to connect to others.',
  }
}

function caveats({ tracker, storage }: Partial<CheckFacts>): string[] {
  return [
    ...(tracker?.reached === 'polling' ? ['WebSockets are blocked, so connecting takes longer.'] : []),
    ...(storage?.keeps === 'memory' ? ['Keep the tab open while you receive.'] : []),
  ]
}
