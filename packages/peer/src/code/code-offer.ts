// What a sender's page does for its code: has a number at the tracker, draws words, serves anyone who knows them, and
// draws again when too many do not. Knows nothing of how anything is drawn on a page.
import { encodeBase64url } from '@swarmdrop/core'
import { drawCodeWords, formatShareCode, refusalOf } from '@swarmdrop/core/code'
import type { CodeDelivery, ExchangeId, Nameplate } from '@swarmdrop/core/signaling'
import { TrackerLine } from '../line/tracker-line'
import type { Line, Random } from '../ports'
import { Snapshots } from '../snapshots'
import { Budget } from '../time/budget'
import { Retries } from '../time/retries'
import type { Timers } from '../time/timers'
import { CodeLine } from './code-line'
import { OfferedCode, WRONG_TRIES } from './offered-code'

const TOKEN_BYTES = 16
/**
 * Wrong tries at all codes together, as many as use up four. Then the sender says whether there shall be other codes.
 */
const MOST_WRONG_TRIES = 4 * WRONG_TRIES
/** How many used-up codes are remembered, so that somebody who was after one of them is told so. */
const REMEMBERED_CODES = 4
/** A class at once; and then so many that they do not hold a page up: an answer takes a hundredth of a second. */
const KNOCKS = { atOnce: 64, eachMs: 250 }

export type CodePorts = { time: Timers; random: Random; newLine(): Line }

export type CodeSnapshot = {
  /**
   * `waiting`: for a number; `lost`: the code stands, and nobody can use it until the server is back; `stopped`: too
   * many codes were used up, and the next one is drawn when it is asked for.
   */
  state: 'waiting' | 'open' | 'lost' | 'stopped'
  code: string | undefined
  wrongTries: number
  /** Why it is another code than before: too many wrong tries, or somebody else has its number. */
  changed?: 'used-up' | 'taken'
}

export class CodeOffer {
  readonly #link: string
  readonly #ports: CodePorts
  #line: CodeLine
  readonly #retries: Retries
  readonly #token: string
  readonly #knocks: Budget
  readonly #snapshots = new Snapshots<CodeSnapshot>({ state: 'waiting', code: undefined, wrongTries: 0 })
  #current: OfferedCode | undefined
  /** Numbers of codes that were used up, the latest last: anyone who knocks there is told so. */
  readonly #usedUp: Nameplate[] = []
  #wrongTries = 0
  /** The number of the question that is under way: an answer to an earlier one comes too late. */
  #question = 0
  #isClosed = false

  /** `link`: what anyone who knows the code gets. */
  constructor(ports: CodePorts, link: string) {
    this.#link = link
    this.#ports = ports
    this.#line = this.#newLine()
    this.#retries = new Retries(ports)
    this.#token = encodeBase64url(ports.random.bytes(TOKEN_BYTES))
    this.#knocks = new Budget(ports.time, KNOCKS)
  }

  start(): void {
    this.#line.start({
      up: () => void this.#enter(),
      lost: () => this.#lost(),
      delivered: (delivery) => this.#delivered(delivery),
    })
  }

  getSnapshot(): CodeSnapshot {
    return this.#snapshots.get()
  }

  subscribe(onChange: () => void): () => void {
    return this.#snapshots.subscribe(onChange)
  }

  /** Draws another code, after too many were used up. */
  drawAnother(): void {
    if (this.getSnapshot().state !== 'stopped') return
    this.#wrongTries = 0
    this.#show({ state: 'waiting' })
    if (this.#line.isUp) void this.#openMailbox()
  }

  /** The page is put away, and may come back: until then the tracker knows nothing of the code. */
  leave(): void {
    if (this.#isClosed) return
    this.#line.close()
    this.#lost()
  }

  comeBack(): void {
    if (this.#isClosed) return
    this.#line.close()
    this.#line = this.#newLine()
    this.start()
  }

  /** The code is good for nothing any more, and the tracker forgets it. */
  close(): void {
    this.#isClosed = true
    this.#retries.stop()
    this.#line.close()
  }

  #newLine(): CodeLine {
    return new CodeLine(new TrackerLine(this.#ports.newLine(), this.#ports.time))
  }

  async #enter(): Promise<void> {
    // The current one first: that is what people are waiting for.
    await this.#openMailbox()
    for (const nameplate of [...this.#usedUp]) await this.#line.open(this.#token, nameplate)
  }

  async #openMailbox(): Promise<void> {
    this.#retries.stop()
    if (this.#isClosed || this.getSnapshot().state === 'stopped') return
    const current = this.#current
    const question = ++this.#question
    const answer = await this.#line.open(this.#token, current?.code.nameplate)
    if (this.#isClosed || question !== this.#question) return
    if (!answer.ok) return this.#refused(answer.refused)
    const { nameplate } = answer.reply
    this.#retries.reset()
    if (!current) {
      const words = drawCodeWords((length) => this.#ports.random.bytes(length))
      this.#current = new OfferedCode({ nameplate, words }, this.#link, this.#ports)
    }
    this.#show({ state: 'open' })
  }

  #refused(refused: string): void {
    if (refused === 'code-taken' && this.#current) {
      this.#current = undefined
      this.#show({ state: 'waiting', changed: 'taken' })
      return void this.#openMailbox()
    }
    if (refused === 'no-answer') return this.#line.isUp ? this.#line.renew() : undefined
    this.#retries.later(() => void this.#openMailbox())
  }

  #lost(): void {
    this.#question += 1
    this.#retries.stop()
    this.#current?.dismiss()
    if (this.getSnapshot().state === 'open') this.#show({ state: 'lost' })
  }

  #delivered(delivery: CodeDelivery): void {
    if (delivery.type === 'ended') return
    const { exchange, body } = delivery
    if (delivery.type === 'knock') return this.#knocked(delivery.nameplate, exchange, body)
    const current = this.#current
    const before = current?.wrongTries ?? 0
    const said = current?.guessed(exchange, body)
    if (!current || said === undefined) return
    this.#line.say(exchange, said)
    if (current.wrongTries === before) return
    this.#wrongTries += 1
    if (current.isUsedUp || this.#wrongTries >= MOST_WRONG_TRIES) this.#useUp(current)
    else this.#show({})
  }

  #knocked(nameplate: Nameplate, exchange: ExchangeId, knock: string): void {
    if (!this.#knocks.take()) return
    const isCurrent = this.#current?.code.nameplate === nameplate
    const answer = isCurrent ? this.#current?.knocked(exchange, knock) : this.#refusalAt(nameplate)
    if (answer !== undefined) this.#line.say(exchange, answer)
  }

  #refusalAt(nameplate: Nameplate): string | undefined {
    return this.#usedUp.includes(nameplate) ? refusalOf('used-up') : undefined
  }

  /** Uses a code up: nobody who is on the way to it has a guess any more. */
  #useUp(offered: OfferedCode): void {
    for (const exchange of offered.dismiss()) this.#line.say(exchange, refusalOf('used-up'))
    this.#usedUp.push(offered.code.nameplate)
    const [forgotten] = this.#usedUp.splice(0, this.#usedUp.length - REMEMBERED_CODES)
    if (forgotten !== undefined) this.#line.closeMailbox(forgotten)
    this.#current = undefined
    const isOver = this.#wrongTries >= MOST_WRONG_TRIES
    this.#show({ state: isOver ? 'stopped' : 'waiting', changed: 'used-up' })
    if (!isOver) void this.#openMailbox()
  }

  #show(change: Partial<CodeSnapshot>): void {
    const { code, wrongTries = 0 } = this.#current ?? {}
    this.#snapshots.change({ ...change, code: code && formatShareCode(code), wrongTries })
  }
}
