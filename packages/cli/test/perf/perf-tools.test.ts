import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Consumer, eachRecord } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { runTool } from '../../src/command-line/tool.ts'
import { consumerPerfTest } from '../../src/perf/consumer-perf-test.ts'
import { producerPerfTest } from '../../src/perf/producer-perf-test.ts'
import { runCli } from '../run-cli.ts'

const environment = environmentWith({ log: silentLog })
const total =
  /^(\d+)( steady state)? records sent, [\d.]+ records\/sec \([\d.]+ MB\/sec\), [\d.]+ ms avg latency, \d+\.00 ms max latency, \d+ ms 50th, \d+ ms 95th, \d+ ms 99th, \d+ ms 99\.9th\.$/

describe('performance tools', () => {
  let broker: Broker
  let server: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-perf-'))

  before(async () => {
    const settings = { 'group.initial.rebalance.delay.ms': '0' }
    broker = await startBroker({ port: 0, inMemory: true, settings, environment })
    server = ['--bootstrap-server', broker.bootstrapServers]
  })
  after(async () => {
    await broker.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const produce = (topic: string, ...argv: readonly string[]): ReturnType<typeof runCli> =>
    runCli(producerPerfTest, [...server, '--topic', topic, '--throughput', '-1', ...argv])

  const valuesOf = async (topic: string, isolationLevel?: 'read_committed'): Promise<readonly string[]> => {
    const config = { bootstrapServers: broker.bootstrapServers, ...(isolationLevel && { isolationLevel }) }
    await using consumer = new Consumer(config, environment)
    consumer.assign([{ topic, partition: 0 }])
    await consumer.seekToBeginning()
    const end = (await consumer.endOffsets([{ topic, partition: 0 }])).values().next().value ?? 0
    const values: string[] = []
    while ((await consumer.position({ topic, partition: 0 })) < end) {
      const batches = await consumer.poll(100)
      values.push(...eachRecord(batches).map(({ value }) => value?.toString('utf8') ?? ''))
    }
    return values
  }

  test('a steady state begins after the warm-up; payloads are letters, of the size that was asked for', async () => {
    const { status, out, error } = await produce(
      'letters',
      ...['--num-records', '3000', '--record-size', '101', '--warmup-records', '1000'],
    )
    assert.deepEqual({ status, error }, { status: 0, error: '' })
    const [warmup, all, steady, ...rest] = out.split('\n')
    assert.match(warmup ?? '', /^Warmup first 1000 records\./)
    assert.equal(total.exec(all ?? '')?.[1], '3000')
    assert.deepEqual(total.exec(steady ?? '')?.slice(1), ['2000', ' steady state'])
    assert.deepEqual(rest, [''])
    const values = await valuesOf('letters')
    assert.equal(new Set(values).size, 3000)
    assert.ok(values.every((value) => /^[A-Z]{101}$/.test(value)))
  })

  test('a document has what the lines say, intervals and metrics under Java’s names', async () => {
    const { status, out } = await produce(
      'document',
      ...['--num-records', '20', '--payload-monotonic', '--throughput', '1000', '--reporting-interval', '1'],
      ...['--print-metrics', '--output', 'json', '--command-property', 'client.id=mine', 'acks=1'],
    )
    assert.equal(status, 0)
    const { records, intervals, metrics } = JSON.parse(out)
    assert.equal(records, 20)
    assert.ok(intervals.length > 0)
    assert.equal(metrics['producer-metrics:record-send-total:{client-id=mine}'], 20)
    assert.equal(metrics['producer-metrics:connection-creation-total:{client-id=mine}'] > 0, true)
    assert.equal(metrics['producer-metrics:successful-authentication-total:{client-id=mine}'], 0)
    assert.deepEqual(
      await valuesOf('document'),
      Array.from({ length: 20 }, (_none, index) => String(index)),
    )
  })

  test('transactions are committed when they are old enough, and the last one at the end', async () => {
    const { status, error } = await produce(
      'transactions',
      ...['--num-records', '30', '--payload-monotonic', '--throughput', '2000', '--transaction-duration-ms', '2'],
    )
    assert.deepEqual({ status, error }, { status: 0, error: '' })
    const values = await valuesOf('transactions', 'read_committed')
    assert.equal(values.length, 30)
  })

  test('payloads come from a file; a missing one, and settings without a value, are told as by the JVM', async () => {
    const file = join(folder, 'payloads')
    writeFileSync(file, 'one;two')
    const given = await produce('file', '--num-records', '9', '--payload-file', file, '--payload-delimiter', ';')
    assert.match(given.out, new RegExp(`^Reading payloads from: ${file}\nNumber of records read: 2\n9 records sent`))
    assert.ok((await valuesOf('file')).every((value) => value === 'one' || value === 'two'))
    const missing = await produce('file', '--num-records', '9', '--payload-file', `${file}.not`)
    const thrown = 'Exception in thread "main" java.lang.IllegalArgumentException'
    assert.equal(missing.error, `${thrown}: File does not exist or empty file provided.\n`)
    const invalid = await produce('file', '--num-records', '9', '--record-size', '1', '--command-property', 'acks=')
    assert.equal(invalid.error, `${thrown}: Invalid property: acks=\n`)
  })

  test('what cannot be written is said for each record, and is not counted', async () => {
    const { status, out, error } = await produce('not a name', '--num-records', '2', '--record-size', '5')
    assert.equal(status, 0)
    assert.match(out, /^0 records sent, 0\.000000 records\/sec \(0\.00 MB\/sec\), NaN ms avg latency, 0\.00 ms max/)
    const line = 'org.apache.kafka.common.errors.InvalidTopicException: Invalid topics: [not a name]\n'
    assert.equal(error, line.repeat(2))
  })

  test('whoever ends it with Ctrl-C is told what was done until then', async () => {
    const interruption = new AbortController()
    const lines: string[] = []
    const argv = ['--topic', 'interrupted', '--num-records', '1000000', '--record-size', '10', '--throughput', '1000']
    const status = await runTool(producerPerfTest, [...server, ...argv, '--reporting-interval', '5'], {
      stdin: new PassThrough(),
      out(line) {
        lines.push(line.trimEnd())
        interruption.abort()
      },
      error: (text) => assert.fail(text),
      interrupted: interruption.signal,
      environment,
    })
    assert.equal(status, 0)
    assert.match(lines[0] ?? '', /max latency\.$/)
    assert.match(lines.at(-1) ?? '', total)
  })

  test('Ctrl-C while the transactional id is still waited for is no failure', async () => {
    const argv = ['--topic', 'never', '--num-records', '5', '--record-size', '10', '--throughput', '-1']
    let out = ''
    const status = await runTool(producerPerfTest, [...server, ...argv, '--transactional-id', 'waits'], {
      stdin: new PassThrough(),
      out: (text) => void (out += text),
      error: (text) => assert.fail(text),
      interrupted: AbortSignal.abort(),
      environment,
    })
    assert.equal(status, 0)
    assert.match(out, /^0 records sent/)
  })

  test('a consumer counts by polls of 500, and leaves the rest to whoever comes next', async () => {
    await produce('read', '--num-records', '1500', '--record-size', '100')
    const read = (...argv: readonly string[]): ReturnType<typeof runCli> =>
      runCli(consumerPerfTest, [...server, '--group', 'readers', '--hide-header', ...argv])
    const first = await read('--topic', 'read', '--num-records', '700')
    assert.deepEqual({ status: first.status, error: first.error }, { status: 0, error: '' })
    const [, , mb, , records] = first.out.split(', ')
    assert.deepEqual([mb, records], ['0.0954', '1000'])
    const rest = await read('--include', 're.d', '--num-records', '501', '--timeout', '300', '--output', 'json')
    assert.match(rest.error, /^WARNING: Exiting before consuming the expected number of records: timeout \(300 ms\)/)
    assert.partialDeepStrictEqual(JSON.parse(rest.out), { records: 500, isComplete: false })
  })

  test('a consumer prints intervals instead of a total, and its metrics', async () => {
    await produce('intervals', '--num-records', '10', '--record-size', '100')
    const { out } = await runCli(consumerPerfTest, [
      ...[...server, '--topic', 'intervals', '--num-records', '10', '--print-metrics', '--date-format', "'at'"],
      ...['--show-detailed-stats', '--reporting-interval', '1'],
    ])
    const [header, line, , metrics] = out.split('\n')
    assert.match(header ?? '', /^time, threadId, data\.consumed\.in\.MB, /)
    assert.match(line ?? '', /^at, 0, 0\.0001, [\d.]+, 1, /)
    assert.match(metrics ?? '', /^Metric Name +Value$/)
    assert.match(
      out,
      /^consumer-fetch-manager-metrics:records-consumed-total:\{client-id=perf-consumer-client\} +: 10\.000$/m,
    )
    assert.match(out, /^consumer-coordinator-metrics:sync-total:\{client-id=perf-consumer-client\} +: 1\.000$/m)
  })

  test('a consumer says the header before what is wrong with values', async () => {
    const run = (...argv: readonly string[]): ReturnType<typeof runCli> =>
      runCli(consumerPerfTest, [...server, '--topic', 'read', ...argv])
    const wrong = await run('--num-records', 'x')
    assert.match(wrong.out, /^start\.time, end\.time, /)
    assert.deepEqual([wrong.status, wrong.error], [1, "Cannot parse argument 'x' of option num-records\n"])
    const zero = await run('--num-records', '1', '--reporting-interval', '0')
    assert.equal(zero.error, 'Reporting interval must be greater than 0.\n')
    const old = await run('--messages', '0', '--timeout', '--hide-header')
    assert.match(old.out, /^Warning: --messages is deprecated\. Use --num-records instead\.\n\d{4}-/)
  })
})
