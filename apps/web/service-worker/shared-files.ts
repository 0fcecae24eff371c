// Takes what another app shares, and hands it to the page that opens for it. Nothing of it goes to the server, and
// nothing to the disk.
import { SHARE_PATH, SHARED, type SharedByApp } from './messages'

/** A page has to be loaded and drawn by then; and browsers end a worker that holds on for minutes. */
const KEEP_MS = 60_000

export type SharedPorts = {
  scope: string
  newTicket: () => string
  setTimeout: (ring: () => void, ms: number) => unknown
}

export class SharedFiles {
  readonly #kept = new Map<string, { shared: SharedByApp; letGo: () => void }>()

  readonly #ports: SharedPorts

  constructor(ports: SharedPorts) {
    this.#ports = ports
  }

  isShare = ({ method, url }: Pick<Request, 'method' | 'url'>): boolean =>
    method === 'POST' && url.replace(/[?#].*$/, '') === this.#ports.scope + SHARE_PATH

  /** `waitUntil`: keeps the worker alive until the page has it. */
  async take(request: Request, waitUntil: (work: Promise<unknown>) => void): Promise<Response> {
    const { scope, newTicket } = this.#ports
    try {
      const shared = sharedIn(await request.formData())
      const ticket = newTicket()
      waitUntil(this.#keep(ticket, shared))
      return Response.redirect(`${scope}?${SHARED}=${ticket}`, 303)
    } catch {
      // The page says that nothing has come.
      return Response.redirect(`${scope}?${SHARED}`, 303)
    }
  }

  /** Hands over what was shared under this ticket, once. Undefined: it is not here, or no longer. */
  handOver(ticket: string): SharedByApp | undefined {
    const kept = this.#kept.get(ticket)
    this.#kept.delete(ticket)
    kept?.letGo()
    return kept?.shared
  }

  #keep(ticket: string, shared: SharedByApp): Promise<void> {
    return new Promise((letGo) => {
      this.#kept.set(ticket, { shared, letGo })
      this.#ports.setTimeout(() => this.handOver(ticket), KEEP_MS)
    })
  }
}

/** Apps put an address into the text as often as into the field that is meant for it, and some into both. */
function sharedIn(form: FormData): SharedByApp {
  const texts = ['title', 'text', 'url'].map((name) => form.get(name)).filter((text) => typeof text === 'string')
  const lines = texts.filter(
    (text, index) => text.trim() !== '' && !texts.slice(index + 1).some((more) => more.includes(text)),
  )
  return { files: form.getAll('files').filter((file) => file instanceof File), text: lines.join('\n') }
}
