// Starts the tracker from the environment and tells the person at the terminal where it is.
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { pino } from 'pino'
import { renderUnicodeCompact } from 'uqr'
import { type Config, MAX_PORT, readConfig, USUAL_PORT } from './config'
import { ConfigError } from './config-error'
import { startTracker } from './server'
import type { Tracker } from './tracker'

const builtHere = fileURLToPath(new URL('../../web/out', import.meta.url))

async function main(): Promise<void> {
  const config = readConfig(process.env)
  // Standard error: what is printed for the person stays clean.
  const log = pino({ level: config.logLevel }, pino.destination(2))
  const tracker = await startTracker({ ...config, webRoot: config.webRoot ?? builtHere, log }).catch(
    (error: unknown) => {
      throw explain(error, config)
    },
  )
  const end = async (signal: NodeJS.Signals) => {
    // Who presses Ctrl-C does not want to wait.
    if (signal === 'SIGTERM' && config.drainMs > 0) await tracker.drain(config.drainMs)
    await tracker.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(signal))
  greet(tracker, config)
  if (tracker.stun && 'failed' in tracker.stun) warnOfStun(tracker.stun.failed, config)
}

function greet({ url, addresses }: Tracker, { publicUrl }: Config): void {
  say(`Swarmdrop ready on ${url}`)
  if (addresses[0] === undefined) return
  const who = publicUrl === undefined ? 'Others on your network' : 'Others'
  say(`\n${who} open:\n${addresses.map((address) => `  ${address}`).join('\n')}`)
  say(`\n${renderUnicodeCompact(addresses[0], { border: 2 })}\n${addresses[0]}`)
}

/** Warns that there is no STUN server: without one, two homes find no direct way, unless others are named. */
function warnOfStun(error: unknown, { stunPort }: Config): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const why = code === 'EADDRINUSE' ? 'is in use' : code === 'EACCES' ? 'is not open to your user' : 'cannot be opened'
  say(
    `\nUDP port ${stunPort} ${why}, so this server tells no browser its public address: people in different networks may` +
      ' not find a direct way to each other. Choose another port (STUN_PORT), or name a STUN server (STUN_URIS).',
  )
}

const say = (text: string) => process.stdout.write(`${text}\n`)

function explain(error: unknown, { port, host }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    const other = port < MAX_PORT ? port + 1 : USUAL_PORT
    return new ConfigError(`Port ${port} is in use. Stop what uses it, or choose another: PORT=${other} npm start`)
  }
  if (code === 'EACCES') {
    return new ConfigError(`Port ${port} is not open to your user. Choose one above 1023: PORT=3000 npm start`)
  }
  if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' || code === 'ENOTFOUND') {
    return new ConfigError(`HOST is "${host}", which is not an address of this machine. Leave it out to listen on all.`)
  }
  return error
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : inspect(error)}\n`)
  process.exit(1)
})
