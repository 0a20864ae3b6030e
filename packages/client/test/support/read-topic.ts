import { kafkaError, RecordBatch } from '@streamwright/protocol'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { present } from '@streamwright/std'
import { Cluster } from '../../src/cluster/cluster.ts'
import type { ClientConfig } from '../../src/settings/client-settings.ts'
import { clientSettingSpecs, readClientSettings } from '../../src/settings/client-settings.ts'
import { quietEnvironment } from './test-broker.ts'

export interface ReadRecord {
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly key: string | null
  readonly value: string | null
  readonly headers: readonly (readonly [string, string | null])[]
}

export interface ReadBatch {
  readonly partition: number
  readonly batch: RecordBatch
}

export function newCluster(config: ClientConfig): Cluster {
  const settings = readClientSettings(clientSettingSpecs, config, ['connect'], quietEnvironment.log)
  return new Cluster({ ...settings, connect: config.connect }, quietEnvironment)
}

/** Every batch of a topic, by the plainest of means: fetch requests from offset 0 on. */
export async function readBatches(config: ClientConfig, topic: string): Promise<ReadBatch[]> {
  const cluster = newCluster(config)
  try {
    const { partitions, topicId } = await cluster.requireTopic(topic)
    const read: ReadBatch[] = []
    for (const { partition } of partitions) {
      for (let offset = 0; ;) {
        const leader = present(cluster.leaderOf(topic, partition), 'The topic is there').leader
        const response = await cluster.send(leader, fetch, {
          maxWaitMs: 0,
          minBytes: 0,
          maxBytes: 50_000_000,
          topics: [
            { topicId, topic, partitions: [{ partition, fetchOffset: BigInt(offset), partitionMaxBytes: 50_000_000 }] },
          ],
        })
        const answer = present(response.responses[0]?.partitions[0], 'What is asked for is answered')
        if (answer.errorCode !== 0) throw kafkaError(answer.errorCode)
        const batches = RecordBatch.read(answer.records ?? Buffer.alloc(0))
        if (batches.length === 0) break
        for (const batch of batches) read.push({ partition, batch })
        offset = present(batches.at(-1), 'There is one').nextOffset
      }
    }
    return read
  } finally {
    await cluster.close()
  }
}

/** Every record of a topic, by partition and offset. */
export async function readTopic(config: ClientConfig, topic: string): Promise<ReadRecord[]> {
  const records: ReadRecord[] = []
  for (const { partition, batch } of await readBatches(config, topic)) {
    batch.ensureValid()
    const cursor = batch.records()
    while (cursor.next()) {
      records.push({
        partition,
        offset: cursor.offset,
        timestamp: cursor.timestamp,
        key: cursor.key()?.toString() ?? null,
        value: cursor.value()?.toString() ?? null,
        headers: cursor.headers().map(({ key, value }) => [key, value === null ? null : Buffer.from(value).toString()]),
      })
    }
  }
  return records
}
