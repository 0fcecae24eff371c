// Builds an image with Debian's buildah where there is no engine, and runs what it starts in a namespace of its own:
// root is read-only, and the user is the image's. Knows nothing of what is in it. Needs root.
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './project.mjs'
import { run } from './run.mjs'

/** The base image, kept between runs, as it takes a minute to get. */
const base = inProject('.swarmdrop/image-base')
const BASE_IMAGE = 'localhost/swarmdrop-base'
const SUITE = 'bookworm'

/**
 * @typedef {{ User: string, Cmd: string[], Env: string[], WorkingDir: string, StopSignal: string, Healthcheck?: { Test:
 * string[] } }} Config
 */

export class Image {
  /** @param {string} storage a folder that may be deleted afterwards */
  constructor(storage) {
    this.storage = storage
    this.root = ''
    this.config = /** @type {Config} */ ({ User: '', Cmd: [], Env: [], WorkingDir: '/', StopSignal: '' })
  }

  /** A minimal Debian, and this machine's Node in it. */
  async makeBase() {
    if (!existsSync(join(base, 'usr/bin/env')))
      await must(['debootstrap', '--variant=minbase', SUITE, base, 'http://deb.debian.org/debian'])
    mkdirSync(join(base, 'usr/local/bin'), { recursive: true })
    copyFileSync(process.execPath, join(base, 'usr/local/bin/node'))
    const container = await this.#buildah('from', 'scratch')
    await this.#buildah('add', container, base, '/')
    await this.#buildah('commit', '--format=docker', container, BASE_IMAGE)
    await this.#buildah('rm', container)
  }

  /** @param {string} file Dockerfile @param {string[]} args build arguments */
  async build(file, args) {
    const ignore = ['--ignorefile', `${file}.dockerignore`]
    const given = [`BASE=${BASE_IMAGE}`, ...args].flatMap((one) => ['--build-arg', one])
    // Health checks are in Docker's format alone.
    const how = ['--format=docker', '--isolation=chroot', '--pull-never']
    await this.#buildah('bud', ...how, ...given, ...ignore, '-f', file, '-t', 'swarmdrop', inProject())
    const container = await this.#buildah('from', '--pull-never', 'localhost/swarmdrop')
    this.root = await this.#buildah('mount', container)
    this.config = JSON.parse(await this.#buildah('inspect', '--type=image', 'localhost/swarmdrop')).Docker.config
  }

  /** Starts a command in it as its user. @param {string[]} command @param {Record<string, string>} env */
  start(command, env) {
    const mounts = [
      'mount --bind "$0" "$0"',
      'mount -o remount,bind,ro "$0"',
      'mount -t proc proc "$0/proc"',
      'user="$1" && folder="$2" && shift 2',
      'exec chroot --userspec="$user" "$0" /usr/bin/env -i -C "$folder" "$@"',
    ]
    const { User, Env, WorkingDir } = this.config
    const settings = [...Env, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)]
    const words = [this.root, User, WorkingDir, ...settings, ...command]
    return spawn('unshare', ['--mount', 'bash', '-c', mounts.join(' && '), ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** @param {string[]} command */
  async #buildah(...command) {
    const where = ['--root', join(this.storage, 'root'), '--runroot', join(this.storage, 'run')]
    return must(['buildah', ...where, '--storage-driver=vfs', ...command])
  }
}

/** The last line that it says. @param {string[]} command */
async function must(command) {
  const { code, output } = await run(command)
  if (code !== 0) throw new Error(`${command.slice(0, 2).join(' ')} failed:\n${output}`)
  return command.includes('inspect') ? output : (output.trim().split('\n').at(-1) ?? '')
}
