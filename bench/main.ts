/**
 * `npm run bench -- NAME…`: benchmarks, as programs of their own. They pin processes to cores where the system can, take
 * turns, and report medians. Run it without a name to see what there is.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { brokerKinds } from './bench-broker.ts'
import { brokerBench } from './broker-bench.ts'
import { brokerLoadBench } from './broker-load/broker-load-bench.ts'
import type { BrokerBenchOptions } from './broker-bench.ts'
import { clientBench } from './client-bench.ts'
import { microBench } from './micro/micro-bench.ts'
import { growthBench } from './growth/growth-bench.ts'
import { chartOf } from './streams/chart.ts'
import { engines, peers } from './streams/contenders.ts'
import type { Engine, Peer } from './streams/contenders.ts'
import { streamsBench } from './streams/streams-bench.ts'
import type { StreamsEntry } from './streams/streams-bench.ts'
import { groups, workloads, workloadsNamed } from './streams/workloads.ts'
import type { Workload } from './streams/workloads.ts'

const usage = `Usage: npm run bench -- NAME… [--peer ${peers.join('|')}] [--broker embedded|kafka|both|HOST:PORT]
                                [--records N] [--rounds N] [--json FILE] [--chart FILE]

  client   produce and consume with our client, kafkajs and @platformatic/kafka, in turn
  micro    each operator and serde, and the start of the test driver; what comes behind it are parts of names
  broker   start, idle memory and CPU per megabyte of our broker and of Apache Kafka
  broker-load
           our broker and Apache Kafka under librdkafka's and Java's performance tools: throughput, CPU and latency
  growth   what a record costs as state, partitions and time grow, and the memory of 10 million keys; on our broker
  streams  all of the following; each is our Streams and, with --peer, another program, in turn
${wrapped(workloads.map(({ name }) => name))}
  ${Object.keys(groups).join(', ')} stand for all their variants

  --peer     whom ours is measured against; java: Kafka Streams, with default and with tuned configuration
  --broker   default kafka (Apache Kafka); for client and broker, both
  --records  of a run. Default: what suits the workload; for growth 1000000 updates; for client 1000000 of 100 B
             produced, half as many of 1 KB, four times as many consumed
  --rounds   default 5; for client and micro 3
  --json     writes the results there
  --chart    draws the ratios of workloads there, as SVG
  --engine   ${engines.join('|')}: where our persistent stores are kept
`

const roundsDefault = 5
const microRoundsDefault = 3
const recordsDefault = 1_000_000

type Bench = (options: BrokerBenchOptions) => Promise<unknown[]>

const growth = 'growth'

/** Those that do not measure Streams. */
const benches: ReadonlyMap<string, Bench> = new Map<string, Bench>([
  ['client', clientBench],
  ['broker', brokerBench],
  ['broker-load', brokerLoadBench],
])

interface Command {
  readonly benches: readonly Bench[]
  readonly isGrowthAsked: boolean
  readonly workloads: readonly Workload[]
  readonly peer: Peer | undefined
  readonly broker: string | undefined
  readonly records: number | undefined
  readonly rounds: number | undefined
  readonly json: string | undefined
  readonly chart: string | undefined
  readonly engine: Engine
  /** What micro benchmarks are chosen by; undefined: none are run. */
  readonly micro: readonly string[] | undefined
}

const command = commandOf(process.argv.slice(2))
if (typeof command === 'string') {
  process.stderr.write(`${command}\n\n${usage}`)
  process.exitCode = 1
} else await execute(command)

async function execute(chosen: Command): Promise<void> {
  const { broker, rounds, records, peer } = chosen
  const results: unknown[] = []
  const brokers =
    broker === undefined || broker === 'both' ? brokerKinds : brokerKinds.filter((kind) => kind === broker)
  for (const bench of chosen.benches) {
    if (brokers.length === 0) throw new Error('client and broker start their own brokers: --broker embedded|kafka|both')
    results.push(...(await bench({ records: records ?? recordsDefault, rounds, brokers })))
  }
  if (chosen.micro !== undefined) results.push(...microBench(chosen.micro, rounds ?? microRoundsDefault))
  if (chosen.isGrowthAsked) results.push(...(await growthBench({ updates: records, chart: chosen.chart })))
  const entries: StreamsEntry[] = []
  if (chosen.workloads.length > 0) {
    const measured = {
      workloads: chosen.workloads,
      peer,
      records,
      rounds: rounds ?? roundsDefault,
      engine: chosen.engine,
    }
    for (const each of broker === 'both' ? brokerKinds : [broker ?? 'kafka']) {
      const before = entries.slice()
      const write = (more: readonly StreamsEntry[]): void => writeResults(chosen, results, [...before, ...more])
      entries.push(...(await streamsBench({ ...measured, broker: each }, write)))
    }
  }
  writeResults(chosen, results, entries)
}

function writeResults({ json, chart }: Command, others: readonly unknown[], entries: readonly StreamsEntry[]): void {
  if (json !== undefined) writeFileSync(json, `${JSON.stringify([...others, ...entries], null, 2)}\n`)
  if (chart !== undefined && entries.length > 0) writeFileSync(chart, chartOf(entries))
}

/** What to do, or what is wrong with the arguments. */
function commandOf(argv: readonly string[]): Command | string {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        peer: { type: 'string' },
        broker: { type: 'string' },
        records: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'string' },
        chart: { type: 'string' },
        engine: { type: 'string', default: 'persistent' },
      },
    })
    if (positionals.length === 0) return 'Name a benchmark'
    const { broker, json, chart } = values
    const [first, ...filters] = positionals
    const names = first === 'micro' ? [] : positionals
    if (broker !== undefined && !['both', ...brokerKinds].includes(broker) && !/:\d+$/.test(broker))
      return `There is no broker called ${broker}`
    return {
      benches: names.flatMap((name) => benches.get(name) ?? []),
      workloads: [...new Set(names.flatMap(workloadsOf))],
      isGrowthAsked: names.includes(growth),
      peer: values.peer === undefined ? undefined : peerNamed(values.peer),
      broker,
      records: positive('records', values.records),
      rounds: positive('rounds', values.rounds),
      json,
      chart,
      engine: engineNamed(values.engine),
      micro: first === 'micro' ? filters : undefined,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function workloadsOf(name: string): readonly Workload[] {
  if (benches.has(name) || name === growth) return []
  const found = name === 'streams' ? workloads : workloadsNamed(name)
  if (found === undefined) throw new Error(`There is no benchmark called ${name}`)
  return found
}

function peerNamed(name: string): Peer {
  const peer = peers.find((each) => each === name)
  if (peer === undefined) throw new Error(`There is no peer called ${name}`)
  return peer
}

function engineNamed(name: string): Engine {
  const engine = engines.find((each) => each === name)
  if (engine === undefined) throw new Error(`There is no engine called ${name}`)
  return engine
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1, not ${text}`)
  return value
}

function wrapped(names: readonly string[]): string {
  const lines = ['']
  for (const name of names) {
    const line = lines.at(-1) ?? ''
    if (line.length + name.length > 100) lines.push(name)
    else lines[lines.length - 1] = line === '' ? name : `${line}, ${name}`
  }
  return lines.map((line) => `           ${line}`).join('\n')
}
