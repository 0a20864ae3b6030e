import assert from 'node:assert/strict'
import { connect } from 'node:net'
import test from 'node:test'
import { RecordBatch } from '@streamwright/protocol'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { produce } from '@streamwright/protocol/messages/produce'
import { silentLog, systemEnvironment } from '@streamwright/std'
import { startBroker } from '../../src/index.ts'
import { batchOf } from '../log/batches.ts'
import { ProtocolClient } from '../support/protocol-client.ts'

const topic = 'topic'
/** Below and above what is read into memory of its own, what is copied before it is written, and one read. */
const sizes = [100, 20_000, 15_000, 70_000, 300, 17_000, 200_000, 16_500, 40_000, 5_000]
const batchCount = 120

/** Each batch has one value of one letter. */
function valueOf(index: number): string {
  return String.fromCodePoint(97 + (index % 26)).repeat(sizes[(index * 7) % sizes.length] ?? 1)
}

/** All values from an offset on, with their checksums checked. */
async function readFrom(client: ProtocolClient, offset: number): Promise<string[]> {
  const { responses } = await client.send(fetch, 12, {
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 600_000,
    topics: [{ topic, partitions: [{ partition: 0, fetchOffset: BigInt(offset), partitionMaxBytes: 600_000 }] }],
  })
  const values: string[] = []
  for (const batch of RecordBatch.read(responses[0]?.partitions[0]?.records ?? Buffer.alloc(0))) {
    batch.ensureValid()
    const cursor = batch.records()
    while (cursor.next()) values.push(cursor.value()?.toString() ?? '')
  }
  return values
}

test('the memory of a request takes the next one only when nobody reads it any more', async (context) => {
  const broker = await startBroker({ port: 0, inMemory: true, environment: { ...systemEnvironment, log: silentLog } })
  context.after(() => broker.close())
  const clientOf = (): ProtocolClient => {
    const client = new ProtocolClient(connect(broker.port, '127.0.0.1'))
    context.after(() => client.close())
    return client
  }
  const [producer, reader] = [clientOf(), clientOf()]
  await producer.send(createTopics, 7, { topics: [{ name: topic, numPartitions: 1, replicationFactor: 1 }] })
  const answers: Promise<unknown>[] = []
  const seen: string[] = []
  for (let index = 0; index < batchCount; index++) {
    const partitionData = [{ index: 0, records: batchOf({ values: [valueOf(index)] }) }]
    const request = { acks: index % 3 === 0 ? 0 : -1, timeoutMs: 1000, topicData: [{ name: topic, partitionData }] }
    if (request.acks === 0) producer.tell(produce, 9, request)
    else answers.push(producer.send(produce, 9, request))
    // What is read while it is written, from the end.
    if (index % 5 === 4) seen.push(...(await readFrom(reader, seen.length)))
  }
  await Promise.all(answers)
  for (let more: string[]; (more = await readFrom(reader, seen.length)).length > 0;) seen.push(...more)
  const again: string[] = []
  for (let more: string[]; (more = await readFrom(reader, again.length)).length > 0;) again.push(...more)
  const expected = Array.from({ length: batchCount }, (_, index) => valueOf(index))
  assert.ok(seen.length === batchCount && seen.every((value, index) => value === expected[index]))
  assert.ok(again.length === batchCount && again.every((value, index) => value === expected[index]))
})
