// The tracker's own STUN server as others' clients see it: coturn's, Chromium and Firefox learn their address from it.
import { execFile } from 'node:child_process'
import { networkInterfaces } from 'node:os'
import { promisify } from 'node:util'
import { mergeTests } from '@playwright/test'
import { randomFile } from '../tooling/files'
import { coturn } from '../tooling/network-tools.mjs'
import { TrackerProcess } from '../tooling/tracker-process'
import { CHUNK_BYTES } from './support/files'
import { expect, test as withFirefox } from './support/firefox'
import { test as withLan } from './support/lan'
import { share } from './support/people'

const test = mergeTests(withFirefox, withLan).extend<{ stunPort: number; tracker: TrackerProcess }>({
  // None that the system gives to one that asks for any: a browser next to it may have it a moment later.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  stunPort: async ({}, use, { workerIndex }) => use(21_000 + (workerIndex % 1_000)),
  // By an address on the network: Firefox asks no server of its own machine's, and sees no other difference.
  tracker: async ({ lan, stunPort }, use) => {
    const settings = { HOST: new URL(lan).hostname, STUN_PORT: String(stunPort) }
    const tracker = await TrackerProcess.onFreePort(settings)
    await use(tracker)
    await tracker.kill()
  },
  context: async ({ tracker: _, context }, use) => {
    await use(context)
    await context.close()
  },
})

// As people have it: an address that a browser does not hide is no news when a server tells it.
test.use({ hidesAddresses: true })

type Watched = { candidates: string[] }

/**
 * Keeps all candidates that a page finds for its connections, which hear of none of the other side's: a connection that
 * has found a way stops looking, and on one machine it may find it some milliseconds before the server's answer.
 */
function watchCandidates(): void {
  const watched: Watched = Object.assign(window, { candidates: [] })
  window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, configuration: unknown[], kind) {
      const connection = Reflect.construct(target, configuration, kind) as RTCPeerConnection
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.candidate) watched.candidates.push(candidate.candidate)
      })
      connection.addIceCandidate = async () => {}
      return connection
    },
  })
}

const candidatesOf = () => (window as unknown as Watched).candidates

test('Chromium and Firefox learn their address from it, and tell each other', async ({
  page,
  firefox,
  lan,
  tracker,
}, testInfo) => {
  await page.addInitScript(watchCandidates)
  const path = randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES)
  const link = await share(page, path, 'file', tracker.url)
  const receiver = await firefox.newTab()
  await receiver.page.evaluateOnNewDocument(watchCandidates)
  await receiver.openLink(link)

  const learned = expect.stringMatching(new RegExp(` ${new URL(lan).hostname.replaceAll('.', '\\.')} \\d+ typ srflx`))
  await expect.poll(() => page.evaluate(candidatesOf)).toContainEqual(learned)
  await expect.poll(() => receiver.page.evaluate(candidatesOf)).toContainEqual(learned)
})

for (const address of ['127.0.0.1', '::1'])
  test(`coturn's own client learns its address at ${address}`, async ({ stunPort }, testInfo) => {
    const client = coturn('turnutils_stunclient')
    testInfo.skip(client === undefined, 'There is no coturn on this machine.')
    const own = Object.values(networkInterfaces()).flatMap((infos) => infos ?? [])
    testInfo.skip(!own.some((info) => info.address === address), `This machine has no ${address}.`)
    const tracker = await TrackerProcess.onFreePort({ HOST: '::', STUN_PORT: String(stunPort) })
    const asked = promisify(execFile)(client ?? '', ['-p', String(stunPort), address], { timeout: 10_000 })
    expect((await asked).stdout).toContain(`UDP reflexive addr: ${address}:`)
    await tracker.kill()
  })
