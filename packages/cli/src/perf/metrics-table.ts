import type { Terminal } from '../command-line/tool.ts'
import { javaFixed } from '../console/java-numbers.ts'

/** A metric by `group:name:{tag=value}`. Numbers are printed with three places, texts as they are. */
export type MetricValues = ReadonlyMap<string, number | string>

/** Prints metrics as Kafka's tools do, sorted by name. */
export function printMetrics(terminal: Terminal, metrics: MetricValues): void {
  if (metrics.size === 0) return
  const width = Math.max(...Array.from(metrics.keys(), (name) => name.length))
  const rows = [...metrics]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => {
      return `${name.padEnd(width)} : ${typeof value === 'number' ? javaFixed(value, 3) : value}\n`
    })
  terminal.out(`\n${'Metric Name'.padEnd(width)}   Value\n${rows.join('')}`)
}
