/**
 * Our program for the harness that measures Java Kafka Streams: takes its `key=value` arguments, runs one workload to
 * the end of its input, and prints one `RESULT {json}` line with the harness's fields. `c.<name>=<value>` is a setting.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer } from '@streamwright/client'
import { createLog, environmentWith } from '@streamwright/std'
import { KafkaStreams } from '@streamwright/streams'
import { workloadTopology } from './anchor-workloads.ts'
import { cpuSeconds, hostBusySeconds, residentKb } from './process-figures.ts'

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

interface Sample {
  readonly atMs: number
  readonly read: number
  readonly middle: number
  readonly cpu: number
}

const sampleMs = 10
const memoryEveryMs = 500
const deadlineMs = 580_000

const workload = option('workload')
const total = Number(option('n'))
const middleTotal = Number(option('mid', '0'))
const bootstrapServers = option('bootstrap')
const output = option('out')
const brokerPid = Number(option('brokerpid', '0'))
const executedAtMs = Number(option('exec', '0'))
const cpus = option('hostcpus', '')
  .split(',')
  .filter((cpu) => cpu !== '')

const counters = { read: 0, middle: 0 }
const topology = workloadTopology(workload, option('in'), output, option('store', 'rocksdb') === 'mem', counters)
const settings = Object.fromEntries(
  [...options].filter(([name]) => name.startsWith('c.')).map(([name, value]) => [name.slice(2), value]),
)
const environment = environmentWith({ log: createLog({ level: 'warn' }) })
const streams = new KafkaStreams(
  topology,
  { ...settings, applicationId: option('app'), bootstrapServers, stateDir: option('statedir') },
  environment,
)
streams.onFailure((error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`)
  process.exit(3)
})

const startCallMs = Date.now()
await streams.start()
const runningMs = Date.now()

const samples: Sample[] = []
let rssPeakKb = 0
let memoryAtMs = 0
let hostBefore = 0
let brokerBefore = 0
for (;;) {
  const sample: Sample = {
    atMs: performance.now(),
    read: counters.read,
    middle: counters.middle,
    cpu: cpuSeconds('self'),
  }
  if (samples.length === 0) {
    if (sample.read === 0) {
      await sleep(1)
      continue
    }
    hostBefore = hostBusySeconds(cpus)
    brokerBefore = cpuSeconds(brokerPid)
  }
  samples.push(sample)
  if (sample.atMs - memoryAtMs > memoryEveryMs) {
    memoryAtMs = sample.atMs
    rssPeakKb = Math.max(rssPeakKb, residentKb().now)
  }
  if (sample.read >= total && sample.middle >= middleTotal) break
  if (sample.atMs > deadlineMs) throw new Error(`Not done in time: read ${sample.read}, middle ${sample.middle}`)
  await sleep(sampleMs)
}
const rssEndKb = residentKb().now
await streams.close()
const endMs = performance.now()
const endCpu = cpuSeconds('self')
const hostAfter = hostBusySeconds(cpus)
const brokerAfter = cpuSeconds(brokerPid)

const first = samples[0] as Sample
const last = samples.at(-1) as Sample
// With a repartition topic, records count when their last stage has consumed them.
const progress = (sample: Sample): number => (middleTotal > 0 ? (sample.middle * total) / middleTotal : sample.read)
const half = samples.find((sample) => progress(sample) >= total / 2) ?? last
const runSeconds = (last.atMs - first.atMs) / 1000
const wholeSeconds = (endMs - first.atMs) / 1000
const cpu = endCpu - first.cpu
const steadyRecords = progress(last) - progress(half)
const result = {
  impl: 'streamwright',
  workload,
  n: total,
  run_s: round(runSeconds, 3),
  total_s: round(wholeSeconds, 3),
  close_s: round(wholeSeconds - runSeconds, 3),
  rate_total: Math.round(total / wholeSeconds),
  rate_steady: Math.round(steadyRecords / ((last.atMs - half.atMs) / 1000)),
  app_cpu_s: round(cpu, 2),
  app_cpu_per_m: round((cpu / total) * 1e6, 3),
  app_cpu_per_m_steady: round(((last.cpu - half.cpu) / steadyRecords) * 1e6, 3),
  broker_cpu_s: round(brokerAfter - brokerBefore, 2),
  broker_util: round((brokerAfter - brokerBefore) / wholeSeconds, 2),
  foreign_cpu: round((hostAfter - hostBefore - cpu - (brokerAfter - brokerBefore)) / wholeSeconds, 2),
  threads: {},
  rss_peak_mb: Math.round(rssPeakKb / 1024),
  rss_end_mb: Math.round(rssEndKb / 1024),
  hwm_mb: Math.round(residentKb().peak / 1024),
  startup_ms: runningMs - (executedAtMs > 0 ? executedAtMs : startCallMs),
  start_call_to_running_ms: runningMs - startCallMs,
  out_records: await outputRecords(),
}
process.stdout.write(`RESULT ${JSON.stringify(result)}\n`)

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

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
