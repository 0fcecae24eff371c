// `npm run bench [-- NAME]`: runs one benchmark, or all, and prints what it saw. Each compares two things in one run, as
// the machine's speed drifts. Knows nothing of what they measure.
import { big } from './big'
import { efficiency } from './efficiency'
import { lab } from './lab'
import { simulation } from './simulation'
import { throughput } from './throughput'

const benchmarks: Record<string, () => Promise<void>> = { throughput, simulation, efficiency, lab, big }
/** Ten minutes and ten gigabytes of disk are not for who asks for all. */
const onlyByName = ['big']

const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !(name in benchmarks))
if (unknown === undefined) {
  for (const [name, run] of Object.entries(benchmarks))
    if (wanted.length === 0 ? !onlyByName.includes(name) : wanted.includes(name)) await run()
} else {
  console.error(`There is no benchmark “${unknown}”. There are: ${Object.keys(benchmarks).join(', ')}.`)
  process.exitCode = 1
}
