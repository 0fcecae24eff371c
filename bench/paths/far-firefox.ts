// A Firefox at an end of a path, by way of a driver that runs there as well. Knows nothing of what is measured.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemFirefox } from '../../tooling/firefox.mjs'
import type { PathEnd } from '../../tooling/long-path/long-path'
import { root } from '../../tooling/project.mjs'
import type { FarBrowser, FarPage } from './far-page'
import type { FarPeople } from './far-people'
import type { Answer, Command, Numbered } from './firefox-driver'

export class FarFirefox implements FarBrowser {
  #commands = 0
  readonly #waiting = new Map<number, (answer: Answer) => void>()

  readonly #driver: ChildProcess

  private constructor(driver: ChildProcess) {
    this.#driver = driver
    driver.on('message', (answer: Answer) => this.#waiting.get(answer.number)?.(answer))
  }

  /** Undefined where there is no Firefox. */
  static async start(people: FarPeople, { namespace }: PathEnd): Promise<FarFirefox | undefined> {
    const firefox = systemFirefox()
    if (firefox === undefined) return undefined
    // It must not outlive its driver, which is there already.
    const wrapper = join(people.folder, 'firefox')
    writeFileSync(wrapper, `#!/bin/sh\nexec setpriv --pdeathsig KILL ${firefox} "$@"\n`, { mode: 0o755 })
    const driver = fork(join(import.meta.dirname, 'firefox-driver.ts'), [wrapper, new URL(people.url).origin], {
      cwd: root,
      execPath: namespace.wrapped(process.execPath, join(people.folder, 'node')),
      execArgv: ['--import', 'tsx'],
    })
    await Promise.race([
      once(driver, 'message'),
      once(driver, 'exit').then(() => Promise.reject(new Error('Firefox could not be started.'))),
    ])
    const started = new FarFirefox(driver)
    people.closeWith(async () => {
      await started.#ask({ do: 'end' })
      driver.kill()
    })
    return started
  }

  async newPage(): Promise<FarPage> {
    const page = (await this.#ask({ do: 'open' })) as number
    return {
      goto: (url) => this.#ask({ do: 'goto', page, url }),
      choose: (path) => this.#ask({ do: 'choose', page, path }),
      evaluate: <Argument, Result>(run: (argument: Argument) => Result | Promise<Result>, argument: Argument) =>
        this.#ask({ do: 'evaluate', page, run: run.toString(), argument }) as Promise<Result>,
      close: () => this.#ask({ do: 'close', page }),
    }
  }

  async #ask(command: Command): Promise<unknown> {
    const number = this.#commands++
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(number, resolve))
    this.#driver.send({ number, command } satisfies Numbered)
    const { result, error } = await answered
    this.#waiting.delete(number)
    if (error !== undefined) throw new Error(`Firefox: ${error}`)
    return result
  }
}
