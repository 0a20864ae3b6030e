/**
 * Our program under measurement, for `npm run bench` and for the harness that measures Java Kafka Streams: takes its
 * `key=value` arguments, runs one workload to the end of its input (with `restore=1`: restores its store), and prints
 * one `RESULT {json}` line with the harness's fields. `c.<name>=<value>` is a setting.
 */
import { Consumer } from '@streamwright/client'
import { createLog, environmentWith } from '@streamwright/std'
import { KafkaStreams } from '@streamwright/streams'
import { residentKb } from './process-figures.ts'
import { measure } from './streams/measurement.ts'
import { Restoration } from './streams/restoration.ts'
import { isTopologyName, topologyOf } from './streams/topologies.ts'

/** The harness's own names. */
const aliases: Readonly<Record<string, string>> = { 'ss-join': 'stream-stream-join', 'st-join': 'stream-table-join' }

const options = new Map(
  process.argv
    .slice(2)
    .map((argument) => [argument.slice(0, argument.indexOf('=')), argument.slice(argument.indexOf('=') + 1)]),
)
const option = (name: string, otherwise?: string): string => {
  const value = options.get(name) ?? otherwise
  if (value === undefined) throw new Error(`Missing argument ${name}=…`)
  return value
}

const workload = option('workload')
const topology = aliases[workload] ?? workload
if (!isTopologyName(topology)) throw new Error(`There is no workload ${workload}`)
const bootstrapServers = option('bootstrap')
const output = option('out')
const engine = option('engine', 'persistent')
const counters = { read: 0, middle: 0 }
const settings = Object.fromEntries(
  [...options].filter(([name]) => name.startsWith('c.')).map(([name, value]) => [name.slice(2), value]),
)
const streams = new KafkaStreams(
  topologyOf(topology, {
    inputs: option('in').split(','),
    output,
    store: option('store', 'rocksdb') === 'mem' ? 'memory' : engine === 'log' ? 'log' : 'persistent',
    counters,
  }),
  { ...settings, applicationId: option('app'), bootstrapServers, stateDir: option('statedir') },
  environmentWith({ log: createLog({ level: 'warn' }) }),
)
streams.onFailure((error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`)
  process.exit(3)
})

const restoration = new Restoration()
streams.setRestoreListener(restoration.listener)
const startCallMs = Date.now()
await streams.start()
const runningMs = Date.now()
const startMs = runningMs - Number(option('exec', String(startCallMs)))
const figures = options.has('restore') ? await restored() : await processed()
const result = {
  impl: 'streamwright',
  workload,
  ...figures,
  threads: {},
  hwm_mb: Math.round(residentKb().peak / 1024),
  startup_ms: startMs,
  start_call_to_running_ms: runningMs - startCallMs,
}
process.stdout.write(`RESULT ${JSON.stringify(result)}\n`)

async function restored(): Promise<Record<string, number>> {
  const measured = { ...restoration.figures(), start_to_running_s: (runningMs - startCallMs) / 1000 }
  await streams.close()
  return measured
}

async function processed(): Promise<Record<string, number>> {
  const measured = await measure({
    total: Number(option('n')),
    middleTotal: Number(option('mid', '0')),
    counters,
    brokerPid: Number(option('brokerpid', '0')),
    cores: option('hostcpus', '')
      .split(',')
      .filter((core) => core !== ''),
    close: () => streams.close(),
  })
  return { ...measured, out_records: await outputRecords() }
}

async function outputRecords(): Promise<number> {
  const places = Array.from({ length: Number(option('outPartitions', '1')) }, (_none, partition) => ({
    topic: output,
    partition,
  }))
  await using consumer = new Consumer({ bootstrapServers, enableAutoCommit: false })
  let records = 0
  for (const offset of (await consumer.endOffsets(places)).values()) records += offset
  return records
}
