// `npm run soak -- MINUTES`: a real tracker under joins, leaves, signals, codes, relayed pairs, resets, rooms and page
// requests, and what it holds after each tenth of the time. Ends with 1 where that has grown. Knows nothing of what is
// done to it.
import { forkTracker } from '../apps/tracker/src/soak/fork-tracker'
import { codes, joins, pages, relayed, resets, rooms, signals } from '../apps/tracker/src/soak/parts'
import { soak } from '../apps/tracker/src/soak/soak'
import { inProject } from '../tooling/project.mjs'
import { ensureWebBuilt } from '../tooling/web-build.mjs'

const minutes = Number(process.argv[2] ?? 10)
if (!(minutes > 0)) {
  console.error(`“${process.argv[2]}” is no number of minutes. For example: npm run soak -- 10`)
  process.exit(1)
}
await ensureWebBuilt()

const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1).padStart(8)
const tracker = await forkTracker({
  webRoot: inProject('apps/web/out'),
  trustedProxies: 1,
  relayBytesPerSecond: 20_000_000,
})
console.log('   heap MiB   code MiB  memory MiB  handles  log lines  rooms  remembered')
const { turns, problems } = await soak(tracker, {
  durationMs: minutes * 60_000,
  parts: [joins, signals, codes, relayed, resets, rooms(), pages],
  random: Math.random,
  onSample: ({ heapBytes, codeBytes, rssBytes, handles, logLines, counts: { rooms, remembered } }) => {
    const counts = [String(handles).padStart(7), String(logLines).padStart(9), String(rooms).padStart(5)]
    console.log(
      `   ${mib(heapBytes)}   ${mib(codeBytes)}    ${mib(rssBytes)}  ${counts.join('  ')}  ${String(remembered).padStart(10)}`,
    )
  },
})
tracker.end()
for (const [name, count] of Object.entries(turns)) console.log(`${name}: ${count} turns`)
console.log(problems.length > 0 ? problems.join('\n') : 'Flat: nothing grew by more than 5 % after the first tenth.')
process.exitCode = problems.length > 0 ? 1 : 0
