import { kafkaError, RecordBatchBuilder } from '@streamwright/protocol'
import { addPartitionsToTxn } from '@streamwright/protocol/messages/add-partitions-to-txn'
import { endTxn } from '@streamwright/protocol/messages/end-txn'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { produce } from '@streamwright/protocol/messages/produce'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { retrying } from '../../src/cluster/retry.ts'
import { quietEnvironment } from './test-broker.ts'

/**
 * A transaction by the plainest of means, one request after the other, in the protocol of before KIP-890. Readers are
 * tested with it, not writers.
 */
export class PlainTransaction {
  readonly #cluster: Cluster
  readonly #transactionalId: string
  #producerId = -1n
  #producerEpoch = -1
  readonly #sequences = new Map<string, number>()

  constructor(cluster: Cluster, transactionalId: string) {
    this.#cluster = cluster
    this.#transactionalId = transactionalId
  }

  async begin(): Promise<void> {
    if (this.#producerId >= 0n) return
    await this.#toCoordinator(async (coordinator) => {
      const response = await this.#cluster.send(coordinator, initProducerId, {
        transactionalId: this.#transactionalId,
        transactionTimeoutMs: 60_000,
        producerId: -1n,
        producerEpoch: -1,
      })
      if (response.errorCode !== 0) throw kafkaError(response.errorCode)
      this.#producerId = response.producerId
      this.#producerEpoch = response.producerEpoch
    })
  }

  /** One batch of these values. */
  async write(topic: string, partition: number, values: readonly string[]): Promise<void> {
    await this.#toCoordinator(async (coordinator) => {
      const response = await this.#cluster.send(
        coordinator,
        addPartitionsToTxn,
        {
          v3AndBelowTransactionalId: this.#transactionalId,
          v3AndBelowProducerId: this.#producerId,
          v3AndBelowProducerEpoch: this.#producerEpoch,
          v3AndBelowTopics: [{ name: topic, partitions: [partition] }],
        },
        { maxVersion: 3 },
      )
      const code = response.resultsByTopicV3AndBelow[0]?.resultsByPartition[0]?.partitionErrorCode ?? -1
      if (code !== 0) throw kafkaError(code)
    })
    const builder = new RecordBatchBuilder()
    for (const value of values) builder.append(1_000, null, value)
    const key = `${topic}-${partition}`
    const baseSequence = this.#sequences.get(key) ?? 0
    this.#sequences.set(key, baseSequence + values.length)
    const records = builder.build({
      producerId: Number(this.#producerId),
      producerEpoch: this.#producerEpoch,
      baseSequence,
      transactional: true,
    })
    // A broker may not have heard yet of a topic that its controller has just made.
    await this.#retrying(
      () => undefined,
      async () => {
        await this.#cluster.requireTopic(topic)
        const leader = this.#cluster.leaderOf(topic, partition)?.leader ?? -1
        const response = await this.#cluster.send(
          leader,
          produce,
          {
            transactionalId: this.#transactionalId,
            acks: -1,
            timeoutMs: 10_000,
            topicData: [{ name: topic, partitionData: [{ index: partition, records }] }],
          },
          { maxVersion: 11 },
        )
        const code = response.responses[0]?.partitionResponses[0]?.errorCode ?? -1
        if (code !== 0) throw kafkaError(code)
      },
    )
  }

  async end(outcome: 'commit' | 'abort'): Promise<void> {
    await this.#toCoordinator(async (coordinator) => {
      const response = await this.#cluster.send(
        coordinator,
        endTxn,
        {
          transactionalId: this.#transactionalId,
          producerId: this.#producerId,
          producerEpoch: this.#producerEpoch,
          committed: outcome === 'commit',
        },
        { maxVersion: 4 },
      )
      if (response.errorCode !== 0) throw kafkaError(response.errorCode)
    })
  }

  #toCoordinator(send: (coordinator: number) => Promise<void>): Promise<void> {
    return this.#retrying(
      () => this.#cluster.invalidateCoordinator('transaction', this.#transactionalId),
      async () => send(await this.#cluster.coordinator('transaction', this.#transactionalId)),
    )
  }

  #retrying(beforeRetry: () => void, attempt: () => Promise<void>): Promise<void> {
    return retrying(
      quietEnvironment,
      {
        what: 'A request of a transaction',
        deadlineMs: quietEnvironment.clock.monotonicMs() + 20_000,
        backoff: this.#cluster.retryBackoff,
        beforeRetry,
      },
      attempt,
    )
  }
}
