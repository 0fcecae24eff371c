// What `npm run bench -- cluster` compares the tracker with: installed when it is first wanted, in a folder of its own,
// so that nothing of it is a dependency of the project or changes what the project's own packages do.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../tooling/project.mjs'
import { run } from '../tooling/run.mjs'

const FOLDER = inProject('test-results/rivals')
const PACKAGES = { 'bittorrent-tracker': '11.2.3', '@socket.io/redis-adapter': '8.3.0' }
export const NO_RIVALS = 'bittorrent-tracker and socket.io’s Redis adapter could not be installed: they are left out.'

/** Where one of them is; their scripts are not run. */
export const rivalPath = (name: keyof typeof PACKAGES): string => join(FOLDER, 'node_modules', name)

/** False where the registry cannot be reached. */
export async function ensureRivals(): Promise<boolean> {
  if (Object.keys(PACKAGES).every((name) => existsSync(join(FOLDER, 'node_modules', name)))) return true
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }))
  const { code } = await run(['npm', 'install', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
  })
  return code === 0
}
