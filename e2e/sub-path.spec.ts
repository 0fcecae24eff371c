// Behind a reverse proxy that passes on one path of its host: pages, links, sockets and workers stay below it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomFile } from '../tooling/files'
import { TrackerProcess } from '../tooling/tracker-process'
import { CHUNK_BYTES } from './support/files'
import { codeOn, expectSaved, fetchAll, share, waitForPhase } from './support/people'
import { hasNginx, ServerProcess } from './support/server-process'
import { test as base, expect } from './support/test'

const here = { namespace: { within: [], pid: process.pid } } as unknown as Parameters<typeof ServerProcess.nginx>[0]

/** `homeBelow`: where the page is below /drop of an nginx, which may take the path off. */
const test = base.extend<{ homeBelow: (strips: boolean) => Promise<string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  homeBelow: async ({}, use, testInfo) => {
    testInfo.skip(!hasNginx(), 'There is no nginx here.')
    const directory = mkdtempSync(join(tmpdir(), 'nginx-'))
    const tracker = await TrackerProcess.onFreePort({ BASE_PATH: '/drop' })
    const running: ServerProcess[] = []
    await use(async (strips) => {
      const port = 20_000 + 2 * testInfo.workerIndex + Number(strips)
      const place = { path: '/drop/', strips, upgrades: true }
      running.push(await ServerProcess.nginx(here, port, tracker.port, directory, place))
      return `http://localhost:${port}/drop/`
    })
    await Promise.all(running.map((nginx) => nginx.kill()))
    await tracker.kill()
    rmSync(directory, { recursive: true })
  },
  // Closed before the server is: what a page then asks for in vain it would complain of.
  context: async ({ homeBelow: _, context }, use) => {
    await use(context)
    await context.close()
  },
  newPerson: async ({ homeBelow: _, newPerson }, use) => {
    const people: Awaited<ReturnType<typeof newPerson>>[] = []
    await use(async (...options) => {
      const person = await newPerson(...options)
      people.push(person)
      return person
    })
    await Promise.all(people.map((person) => person.close()))
  },
})

test('below /drop of an nginx, whether it takes the path off or leaves it on', async ({
  page,
  newPerson,
  homeBelow,
}, testInfo) => {
  const [leftOn, takenOff] = [await homeBelow(false), await homeBelow(true)]
  const path = randomFile(testInfo.outputPath('sent/a.bin'), 2 * CHUNK_BYTES)
  const link = await share(page, path, 'file', takenOff)
  expect(link.startsWith(`${takenOff}#`)).toBe(true)
  const other = link.replace(takenOff, leftOn)
  const receiver = await (await newPerson()).newPage()
  await fetchAll(receiver, other)
  await expectSaved(receiver, path)
  const listener = await (await newPerson()).newPage()
  await listener.goto(leftOn)
  await listener.getByTestId('paste-link').fill(await codeOn(page))
  await waitForPhase(listener, 'ready')
  expect(listener.url()).toBe(other)
  const teacher = await (await newPerson()).newPage()
  for (const home of [leftOn, takenOff]) {
    await teacher.goto(home)
    await teacher.getByRole('link', { name: 'Watch a file spread' }).click()
    await expect(teacher).toHaveURL(`${home}lab`)
    await teacher.getByTestId('lab-create').click()
    await expect(teacher.getByTestId('lab-link')).toHaveValue(new RegExp(`^${home}lab#`))
  }
})
