/**
 * `npm run bench -- NAME… [--records N] [--rounds N] [--broker embedded|kafka|both] [--json FILE]`: benchmarks, as
 * programs of their own. They pin processes to cores where the system can, take turns, and report medians.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { brokerBench } from './broker-bench.ts'
import { clientBench } from './client-bench.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    broker: { type: 'string', default: 'both' },
    json: { type: 'string' },
  },
})
const all = ['embedded', 'kafka'] as const
const brokers = values.broker === 'both' ? all : all.filter((kind) => kind === values.broker)
const options = { records: Number(values.records), rounds: Number(values.rounds), brokers }
const benches: Readonly<Record<string, () => Promise<unknown[]>>> = {
  client: () => clientBench(options),
  broker: () => brokerBench(options),
}

const results: unknown[] = []
const unknown = positionals.filter((name) => benches[name] === undefined)
if (positionals.length === 0 || unknown.length > 0 || brokers.length === 0) {
  process.stderr.write(`Name benches: ${Object.keys(benches).join(', ')}; brokers: embedded, kafka, both\n`)
  process.exitCode = 1
} else {
  for (const name of positionals) results.push(...((await benches[name]?.()) ?? []))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
}
