/**
 * `npm run bench -- NAME… [--records N] [--rounds N] [--broker embedded|kafka|both] [--json FILE]`: benchmarks, as
 * programs of their own. They pin processes to cores where the system can, take turns, and report medians.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { brokerKinds } from './bench-broker.ts'
import { brokerBench } from './broker-bench.ts'
import type { BrokerBenchOptions } from './broker-bench.ts'
import { clientBench } from './client-bench.ts'

const usage = `Usage: npm run bench -- NAME… [--records N] [--rounds N] [--broker embedded|kafka|both] [--json FILE]

  client   produce and consume with our client, kafkajs and @platformatic/kafka, in turn
  broker   start, idle memory and CPU per megabyte of our broker and of Apache Kafka

  --records N   of 100 B that are produced in a run, half as many of 1 KB, four times as many consumed; default
                1000000
  --rounds N    default 3 for client, 5 for broker
`

interface Bench {
  readonly name: string
  readonly run: (options: BrokerBenchOptions) => Promise<unknown[]>
}

const benches: readonly Bench[] = [
  { name: 'client', run: clientBench },
  { name: 'broker', run: brokerBench },
]

interface Command {
  readonly chosen: readonly Bench[]
  readonly options: BrokerBenchOptions
  readonly json: string | undefined
}

const command = commandOf(process.argv.slice(2))
if (typeof command === 'string') {
  process.stderr.write(`${command}\n\n${usage}`)
  process.exitCode = 1
} else {
  const results: unknown[] = []
  for (const { run } of command.chosen) results.push(...(await run(command.options)))
  if (command.json !== undefined) writeFileSync(command.json, `${JSON.stringify(results, null, 2)}\n`)
}

/** What to do, or what is wrong with the arguments. */
function commandOf(argv: readonly string[]): Command | string {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        records: { type: 'string', default: '1000000' },
        rounds: { type: 'string' },
        broker: { type: 'string', default: 'both' },
        json: { type: 'string' },
      },
    })
    const chosen = positionals.map(benchNamed)
    if (chosen.length === 0) return 'Name a benchmark'
    const brokers = values.broker === 'both' ? brokerKinds : brokerKinds.filter((kind) => kind === values.broker)
    if (brokers.length === 0) return `There is no broker called ${values.broker}`
    const rounds = values.rounds === undefined ? undefined : positive('rounds', values.rounds)
    return { chosen, options: { records: positive('records', values.records), rounds, brokers }, json: values.json }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function benchNamed(name: string): Bench {
  const bench = benches.find((each) => each.name === name)
  if (bench === undefined) throw new Error(`There is no benchmark called ${name}`)
  return bench
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1, not ${text}`)
  return value
}
