import { median } from '../tooling/figures'
const root = process.argv[2]
const { cases, figure } = await import(`${root}/bench/cases`)
const { run } = await import(`${root}/bench/simulation`)
const t = performance.now()
for (const { name, limit, experiment } of [{ name: 'N=30', limit: 9, experiment: figure(30) }, ...cases]) {
  const t0 = performance.now()
  const ratios = [1, 2, 3].map((seed) => run(experiment(seed)).ratio)
  console.log(name.padEnd(50), median(ratios).toFixed(3), Math.max(...ratios).toFixed(3), limit, ((performance.now() - t0) / 1000).toFixed(1))
}
