import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, StreamsBuilder, serdes } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })

test('two topics of one task are taken in the order of time, and an empty one holds nothing up', async () => {
  const broker = await startBroker({
    port: 0,
    inMemory: true,
    environment,
    settings: { 'group.initial.rebalance.delay.ms': '0' },
  })
  const { bootstrapServers } = broker
  const stateDir = mkdtempSync(join(tmpdir(), 'streamwright-idling-'))
  const admin = new Admin({ bootstrapServers }, environment)
  await admin.createTopics(
    ['left', 'right', 'none', 'out'].map((name) => ({ name, partitions: 1, replicationFactor: 1 })),
  )
  await admin.close()
  const producer = new Producer({ bootstrapServers, lingerMs: 0 }, environment)
  for (let time = 0; time < 100; time++) {
    producer.append(time % 3 === 0 ? 'left' : 'right', 0, time, 'k', String(time))
  }
  await producer.flush()
  await producer.close()
  const builder = new StreamsBuilder()
  const consumed = { key: serdes.string, value: serdes.string }
  const [left, right, none] = [
    builder.stream('left', consumed),
    builder.stream('right', consumed),
    builder.stream('none', consumed),
  ]
  left.merge(right).merge(none).to('out', consumed)
  const streams = new KafkaStreams(
    builder.build(),
    { applicationId: 'idling', bootstrapServers, stateDir, commitIntervalMs: 20, producer: { lingerMs: 0 } },
    environment,
  )
  const consumer = new Consumer({ bootstrapServers, groupId: 'idling-check', autoOffsetReset: 'earliest' }, environment)
  try {
    await streams.start()
    consumer.assign([{ topic: 'out', partition: 0 }])
    const values: string[] = []
    const endMs = environment.clock.monotonicMs() + 10_000
    while (values.length < 100 && environment.clock.monotonicMs() < endMs) {
      for (const { value } of eachRecord(await consumer.poll(50))) values.push(String(value))
    }
    assert.deepEqual(
      values,
      Array.from({ length: 100 }, (_none, time) => String(time)),
    )
  } finally {
    await streams.close()
    await consumer.close()
    await broker.close()
    rmSync(stateDir, { recursive: true, force: true })
  }
})
