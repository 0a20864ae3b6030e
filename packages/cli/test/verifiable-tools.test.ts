import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { environmentWith, silentLog } from '@streamwright/std'
import { verifiableConsumer } from '../src/verifiable/verifiable-consumer.ts'
import { verifiableProducer } from '../src/verifiable/verifiable-producer.ts'
import { runCli } from './run-cli.ts'

describe('verifiable tools', () => {
  let broker: Broker
  let server: string[] = []

  before(async () => {
    const settings = { 'group.initial.rebalance.delay.ms': '0' }
    broker = await startBroker({ port: 0, inMemory: true, settings, environment: environmentWith({ log: silentLog }) })
    server = ['--bootstrap-server', broker.bootstrapServers, '--topic', 'numbers']
  })
  after(() => broker.close())

  const withoutTimes = (out: string): string[] =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/"timestamp":\d+,/, ''))

  test('each record is acknowledged, and read by both protocols in portions of 500', async () => {
    const written = await runCli(verifiableProducer, [
      ...server,
      ...['--max-messages', '1200', '--repeating-keys', '2', '--value-prefix', '7', '--acks', '1'],
    ])
    assert.equal(written.status, 0, written.error)
    const events = withoutTimes(written.out)
    assert.equal(events[0], '{"name":"startup_complete"}')
    assert.equal(
      events[2],
      '{"name":"producer_send_success","key":"1","value":"7.1","offset":1,"topic":"numbers","partition":0}',
    )
    assert.equal(events.at(-2), '{"name":"shutdown_complete"}')
    assert.match(events.at(-1) ?? '', /^\{"name":"tool_data","sent":1200,"acked":1200,"target_throughput":-1,/)

    for (const protocol of ['classic', 'consumer']) {
      const read = await runCli(verifiableConsumer, [
        ...server,
        ...['--group-id', protocol, '--group-protocol', protocol, '--max-messages', '1100'],
      ])
      assert.deepEqual({ status: read.status, error: read.error }, { status: 0, error: '' })
      const seen = withoutTimes(read.out)
      const last = seen.filter((line) => line.includes('offsets_committed')).at(-1)
      const offsets = '[{"topic":"numbers","partition":0,"offset":1100}]'
      assert.equal(last, `{"name":"offsets_committed","offsets":${offsets},"success":true}`)
      assert.deepEqual(seen.slice(-2), ['{"name":"shutdown_complete"}', '{"name":"shutdown_requested"}'])
    }
  })

  test('a record that cannot be written is said, and the tool ends with 0', async () => {
    const { status, out } = await runCli(verifiableProducer, [
      ...server,
      ...['--topic', 'not a name', '--max-messages', '1', '--throughput', '100'],
    ])
    assert.equal(status, 0)
    assert.match(
      out,
      /"name":"producer_send_error",.*"exception":"class org.apache.kafka.common.errors.InvalidTopicException","message":"Invalid topics: \[not a name\]"\}/,
    )
    assert.match(out, /"sent":1,"acked":0,"target_throughput":100,"avg_throughput":0\.0\}/)
  })
})
