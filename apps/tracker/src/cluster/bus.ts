// What nodes say to each other, by pub/sub: to one node, all that is said in one turn of the event loop as one message,
// and an answer where one is wanted. Knows nothing of what is said.
import { isTag, keys, type NodeTag } from './keys'
import type { RedisLine } from './redis-line'

/** A node that has not answered by then will not. */
const ANSWER_WITHIN_MS = 3_000
const LOOK_EVERY_MS = 500
/** What came at once would else be on one socket's line at once, which then seems not to be read. */
const HEARD_A_TURN = 16
/** More questions than that are not asked: they count as not answered. */
const MAX_OPEN_QUESTIONS = 20_000

/** `[what, content, number]` asks; without a number it only tells. `[number, content]` answers. */
type Said = [string, unknown, number?] | [number, unknown]
type Message = [from: NodeTag, said: Said[]]
type Question = { to: NodeTag; untilMs: number; answer: (content: unknown) => void }

export type Hear = (content: never, from: NodeTag) => unknown

export class Bus {
  readonly #tag: NodeTag
  readonly #line: () => RedisLine
  readonly #now: () => number
  readonly #failed: (error: unknown) => void
  readonly #hearers = new Map<string, Hear>()
  readonly #outgoing = new Map<NodeTag, Said[]>()
  readonly #incoming: [NodeTag, Said][] = []
  readonly #questions = new Map<number, Question>()
  #lastNumber = 0
  #looking: NodeJS.Timeout | undefined
  /** Messages that were published: how many nodes a word has cost. */
  published = 0

  /** `failed`: hears what one who hears could not cope with. */
  constructor(tag: NodeTag, line: () => RedisLine, now: () => number, failed: (error: unknown) => void) {
    this.#failed = failed
    this.#tag = tag
    this.#line = line
    this.#now = now
  }

  /** One hears each kind. What it returns, or a promise of it, is the answer. */
  on(what: string, hear: Hear): void {
    this.#hearers.set(what, hear)
  }

  /** Lost where nobody is there. */
  tell(to: NodeTag, what: string, content: unknown): void {
    this.#say(to, [what, content])
  }

  /** Undefined where the node is not there, or does not answer in time. */
  ask(to: NodeTag, what: string, content: unknown, withinMs = ANSWER_WITHIN_MS): Promise<unknown> {
    if (!this.#line().isUp || this.#questions.size >= MAX_OPEN_QUESTIONS) return Promise.resolve(undefined)
    const number = ++this.#lastNumber
    return new Promise((answer) => {
      this.#questions.set(number, { to, untilMs: this.#now() + withinMs, answer })
      this.#looking ??= setInterval(() => this.#giveUpOld(), LOOK_EVERY_MS)
      this.#say(to, [what, content, number])
    })
  }

  /** `message`: of another node. Throws where no node has written it. */
  heard(message: string): void {
    const content: unknown = JSON.parse(message)
    if (!isMessage(content)) throw new Error('It is no message of a node.')
    const [from, said] = content
    if (this.#incoming.length === 0) setImmediate(() => this.#work())
    for (const one of said) this.#incoming.push([from, one])
  }

  #work(): void {
    for (const [from, said] of this.#incoming.splice(0, HEARD_A_TURN))
      if (typeof said[0] === 'number') this.#answered(said[0], said[1])
      else void this.#hear(from, said as [string, unknown, number?])
    if (this.#incoming.length > 0) setImmediate(() => this.#work())
  }

  /** A node, or Redis itself where none is named, is gone: nobody waits for its answers. */
  giveUp(to?: NodeTag): void {
    for (const [number, question] of this.#questions)
      if (to === undefined || question.to === to) this.#answered(number, undefined)
  }

  close(): void {
    this.giveUp()
    clearInterval(this.#looking)
  }

  async #hear(from: NodeTag, [what, content, number]: [string, unknown, number?]): Promise<void> {
    let answer: unknown
    try {
      answer = await this.#hearers.get(what)?.(content as never, from)
    } catch (error) {
      // The node that asked waits no longer than for any other node that does not answer.
      return this.#failed(error)
    }
    if (number !== undefined) this.#say(from, [number, answer])
  }

  #answered(number: number, content: unknown): void {
    const question = this.#questions.get(number)
    this.#questions.delete(number)
    if (this.#questions.size === 0) {
      clearInterval(this.#looking)
      this.#looking = undefined
    }
    question?.answer(content)
  }

  #say(to: NodeTag, said: Said): void {
    if (!this.#line().isUp) return
    const waiting = this.#outgoing.get(to)
    if (waiting) return void waiting.push(said)
    if (this.#outgoing.size === 0) setImmediate(() => this.#publish())
    this.#outgoing.set(to, [said])
  }

  #publish(): void {
    const outgoing = [...this.#outgoing]
    this.#outgoing.clear()
    if (!this.#line().isUp) return
    for (const [to, said] of outgoing) {
      this.published += 1
      this.#line()
        .redis.spublish(keys.channel(to), JSON.stringify([this.#tag, said]))
        .then(
          (listeners) => listeners === 0 && this.#unheard(said),
          () => this.#unheard(said),
        )
    }
  }

  #unheard(said: Said[]): void {
    for (const one of said)
      if (typeof one[0] === 'string' && one[2] !== undefined) this.#answered(one[2] as number, undefined)
  }

  #giveUpOld(): void {
    for (const [number, { untilMs }] of this.#questions) if (this.#now() >= untilMs) this.#answered(number, undefined)
  }
}

/** Nodes believe each other in what they say; that it is a node that says it shows in the form. */
const isMessage = (content: unknown): content is Message =>
  Array.isArray(content) && isTag(content[0]) && Array.isArray(content[1]) && content[1].every(isSaid)

const isSaid = (said: unknown): said is Said =>
  Array.isArray(said) && (typeof said[0] === 'string' || typeof said[0] === 'number')
