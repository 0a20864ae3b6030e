import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Admin } from '@streamwright/client'
import type { JavaTools } from '../admin-tools/java-tools.ts'
import { committedValues } from '../topic-values.ts'

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
/** Where a batch has its length and its attributes, whose lowest bits tell the codec; and what comes before the length. */
const batch = { lengthOffset: 8, beforeLength: 12, attributesOffset: 21 } as const

/** What the load tools are tried on: a broker and where it writes. */
export interface LoadBench {
  readonly bootstrapServers: string
  readonly dataDirectory: string
  readonly tools: JavaTools
}

async function run({ tools, bootstrapServers }: LoadBench, commandLine: string): Promise<string> {
  const { status, output, errors } = await tools.run(commandLine, bootstrapServers)
  assert.equal(status, 0, `${commandLine}\n${output}${errors}`)
  return output
}

async function createTopic(bootstrapServers: string, name: string, partitions = 1): Promise<void> {
  const admin = new Admin({ bootstrapServers })
  await admin.createTopics([{ name, partitions }])
  await admin.close()
}

/** The numbers that `--payload-monotonic` makes. */
function numbers(count: number): string[] {
  return Array.from({ length: count }, (_none, index) => String(index))
}

/** Each codec, idempotent and acknowledged by all: the numbers come in order, in batches of that codec. */
export async function producesWithEachCodec(bench: LoadBench, count: number): Promise<void> {
  for (const codec of codecs) {
    const topic = `perf-${codec}`
    await createTopic(bench.bootstrapServers, topic)
    const output = await run(
      bench,
      `kafka-producer-perf-test --topic ${topic} --num-records ${count} --payload-monotonic --throughput -1` +
        ` --command-property acks=all enable.idempotence=true linger.ms=5 compression.type=${codec}`,
    )
    assert.match(output, new RegExp(`^${count} records sent, `, 'm'))
    assert.deepEqual(await committedValues(bench.bootstrapServers, topic, 1), [numbers(count)])
    assert.deepEqual([...codecsIn(join(bench.dataDirectory, `${topic}-0`))], [codec])
  }
}

/** The codecs of the batches in a partition's folder. */
function codecsIn(folder: string): Set<string> {
  const found = new Set<string>()
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
    const bytes = readFileSync(join(folder, name))
    let at = 0
    while (at + batch.beforeLength < bytes.length) {
      found.add(codecs[bytes.readUInt16BE(at + batch.attributesOffset) & 7] ?? 'unknown')
      at += batch.beforeLength + bytes.readInt32BE(at + batch.lengthOffset)
    }
  }
  return found
}

/** Transactions of 50 ms each: all are committed, and there are several. */
export async function producesInTransactions(bench: LoadBench): Promise<void> {
  const count = 5_000
  const topic = 'perf-transactions'
  await createTopic(bench.bootstrapServers, topic)
  await run(
    bench,
    `kafka-producer-perf-test --topic ${topic} --num-records ${count} --payload-monotonic --throughput 10000` +
      ' --transactional-id perf --transaction-duration-ms 50',
  )
  assert.deepEqual(await committedValues(bench.bootstrapServers, topic, 1), [numbers(count)])
  const admin = new Admin({ bootstrapServers: bench.bootstrapServers })
  const end = (await admin.listOffsets([{ topic, partition: 0, timestamp: 'latest' }])).get(`${topic}-0`)
  const { state, partitions } = (await admin.describeTransactions(['perf'])).get('perf') ?? {}
  await admin.close()
  assert.deepEqual([state, partitions], ['CompleteCommit', []])
  // Half a second of records, and every transaction leaves a marker.
  assert.ok((end?.offset ?? 0) - count >= 5, `${(end?.offset ?? 0) - count} transactions`)
}

/** The consumer's tool reads all, by either protocol, what is committed only too. */
export async function consumes(bench: LoadBench, count: number): Promise<void> {
  const readings = [
    ['perf-zstd', count, 'group.protocol=classic'],
    ['perf-lz4', count, 'group.protocol=consumer'],
    ['perf-transactions', 5_000, 'isolation.level=read_committed'],
  ] as const
  for (const [topic, expected, property] of readings) {
    const output = await run(
      bench,
      `kafka-consumer-perf-test --topic ${topic} --num-records ${expected} --group read-${topic} --hide-header` +
        ` --timeout 20000 --command-property ${property}`,
    )
    const [, , megabytes, , records] = (output.trim().split('\n').at(-1) ?? '').split(', ')
    assert.equal(Number(records), expected, output)
    const bytes = numbers(expected).reduce((sum, text) => sum + text.length, 0)
    assert.equal(Number(megabytes).toFixed(3), (bytes / 1024 / 1024).toFixed(3), output)
  }
}

/** A record is sent when the one before was read. */
export async function measuresLatency(bench: LoadBench): Promise<void> {
  await createTopic(bench.bootstrapServers, 'latency')
  const output = await run(
    bench,
    'kafka-e2e-latency --topic latency --num-records 300 --producer-acks all --record-size 100',
  )
  const [, median = '', , last = ''] = /Percentiles: 50th = (\d+), 99th = (\d+), 99.9th = (\d+)/.exec(output) ?? []
  assert.ok(Number(median) <= Number(last) && last !== '', output)
  const [values = []] = await committedValues(bench.bootstrapServers, 'latency', 1)
  assert.deepEqual([values.length, ...new Set(values.map(({ length }) => length))], [300, 100])
}
