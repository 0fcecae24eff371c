// Refuses a Node that is too old, before anything else can fail in a way that nobody understands.
import { readJson } from '../tooling/project.mjs'

export function requireNode() {
  const range = readJson('package.json').engines.node
  const [wantedMajor, wantedMinor] = range.replace('>=', '').split('.').map(Number)
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  console.error(
    `Swarmdrop needs Node ${wantedMajor}.${wantedMinor} or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org and try again.`,
  )
  process.exit(1)
}
