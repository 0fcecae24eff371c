// Behind a reverse proxy that passes on one path of its host: pages, links, sockets and workers stay below it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { expectSaved, fetchAll, share } from './support/people'
import { hasNginx, ServerProcess } from './support/server-process'
import { expect, test } from './support/test'
import { TrackerProcess } from './support/tracker-process'

const here = { namespace: { within: [], pid: process.pid } } as unknown as Parameters<typeof ServerProcess.nginx>[0]

for (const strips of [false, true])
  test(`below /drop of an nginx that ${strips ? 'takes the path off' : 'leaves the path on'}`, async ({
    page,
    newPerson,
  }, testInfo) => {
    testInfo.skip(!hasNginx(), 'There is no nginx here.')
    const directory = mkdtempSync(join(tmpdir(), 'nginx-'))
    const tracker = await TrackerProcess.onFreePort({ BASE_PATH: '/drop' })
    const port = 20_000 + testInfo.workerIndex * 10 + Number(strips)
    const place = { path: '/drop/', strips, upgrades: true }
    const nginx = await ServerProcess.nginx(here, port, tracker.port, directory, place)
    try {
      const path = randomFile(testInfo.outputPath('sent/a.bin'), 2 * CHUNK_BYTES)
      const link = await share(page, path, 'file', `http://localhost:${port}/drop/`)
      expect(link).toMatch(new RegExp(`^http://localhost:${port}/drop/#`))
      const receiver = await (await newPerson()).newPage()
      await fetchAll(receiver, link)
      await expectSaved(receiver, path)
      const teacher = await (await newPerson()).newPage()
      await teacher.goto(link.replace(/#.*/, ''))
      await teacher.getByRole('link', { name: 'Watch a file spread' }).click()
      await expect(teacher).toHaveURL(`http://localhost:${port}/drop/lab`)
      await teacher.getByTestId('lab-create').click()
      await expect(teacher.getByTestId('lab-link')).toHaveValue(new RegExp(`^http://localhost:${port}/drop/lab#`))
    } finally {
      await nginx.kill()
      await tracker.kill()
      rmSync(directory, { recursive: true })
    }
  })
