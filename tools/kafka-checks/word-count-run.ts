import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import type { ConsumedRecord } from '@streamwright/client'
import { KafkaStreams, StreamsBuilder, serdes } from '@streamwright/streams'
import type { StreamsConfig, Topology } from '@streamwright/streams'

export const inputTopic = 'streams-plaintext-input'
export const outputTopic = 'streams-wordcount-output'
const baseTimestamp = 1_700_000_000_000

/** The word count as Kafka's WordCountDemo has it: unnamed, so that its internal topics are named as Java's. */
export function quickstartTopology(): Topology {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
  builder
    .stream(inputTopic)
    .flatMapValues((line) => line.toLowerCase().split(' '))
    .groupBy((_key, word) => word)
    .count()
    .toStream()
    .to(outputTopic, { value: serdes.long })
  return builder.build()
}

export async function createQuickstartTopics(bootstrapServers: string): Promise<void> {
  const admin = new Admin({ bootstrapServers })
  await admin.createTopics([
    { name: inputTopic, partitions: 1, replicationFactor: 1 },
    { name: outputTopic, partitions: 1, replicationFactor: 1, config: { 'cleanup.policy': 'compact' } },
  ])
  await admin.close()
}

/** Lines with timestamps a second apart. */
export async function feedLines(bootstrapServers: string, lines: readonly string[]): Promise<void> {
  const producer = new Producer({ bootstrapServers })
  await producer.send(
    lines.map((value, index) => ({ topic: inputTopic, value, timestamp: baseTimestamp + index * 1000 })),
  )
  await producer.close()
}

/** All records of a partition from the beginning, once there are at least `count`. */
export async function readRecords(bootstrapServers: string, topic: string, count: number): Promise<ConsumedRecord[]> {
  const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false })
  const place = { topic, partition: 0 }
  const records: ConsumedRecord[] = []
  try {
    consumer.assign([place])
    consumer.seek(place, 0)
    while (records.length < count) records.push(...eachRecord(await consumer.poll(200)))
    return records
  } finally {
    await consumer.close()
  }
}

/** `word count` for each record of the output topic. */
export async function readCounts(bootstrapServers: string, count: number): Promise<string[]> {
  return (await readRecords(bootstrapServers, outputTopic, count)).map(
    ({ key, value }) => `${key?.toString() ?? ''} ${value?.readBigInt64BE() ?? ''}`,
  )
}

/** Runs our word count while `during` runs, then closes it in order. */
export async function withWordCount(
  bootstrapServers: string,
  applicationId: string,
  config: Partial<StreamsConfig>,
  during: () => Promise<void>,
): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), 'streamwright-word-count-'))
  const streams = new KafkaStreams(quickstartTopology(), {
    statestoreCacheMaxBytes: 0,
    ...config,
    applicationId,
    bootstrapServers,
    stateDir,
  })
  try {
    await streams.start()
    await during()
    await streams.close()
  } finally {
    rmSync(stateDir, { recursive: true, force: true })
  }
}
