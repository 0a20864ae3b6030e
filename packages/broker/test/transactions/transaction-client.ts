import { RecordBatch } from '@streamwright/protocol'
import { addOffsetsToTxn } from '@streamwright/protocol/messages/add-offsets-to-txn'
import { addPartitionsToTxn } from '@streamwright/protocol/messages/add-partitions-to-txn'
import { endTxn } from '@streamwright/protocol/messages/end-txn'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { offsetFetch } from '@streamwright/protocol/messages/offset-fetch'
import { produce } from '@streamwright/protocol/messages/produce'
import { txnOffsetCommit } from '@streamwright/protocol/messages/txn-offset-commit'
import { ErrorCode } from '@streamwright/protocol'
import { present } from '@streamwright/std'
import { batchOf } from '../log/batches.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'

/** Which of the two protocols a producer speaks. */
export type TransactionProtocol = 'classic' | 'epochPerTransaction'

/** A transactional producer that sends one request after the other, and says of each what was answered. */
export class TransactionClient {
  readonly client: ProtocolClient
  readonly transactionalId: string
  readonly protocol: TransactionProtocol
  producerId = -1
  epoch = -1
  timeoutMs = 60_000
  readonly #sequences = new Map<string, number>()

  constructor(client: ProtocolClient, transactionalId = 'id', protocol: TransactionProtocol = 'classic') {
    this.client = client
    this.transactionalId = transactionalId
    this.protocol = protocol
  }

  async init(version = 4, expected = { producerId: -1, epoch: -1 }): Promise<number> {
    const answer = await this.client.send(initProducerId, version, {
      transactionalId: this.transactionalId,
      transactionTimeoutMs: this.timeoutMs,
      ...(version >= 3 && { producerId: BigInt(expected.producerId), producerEpoch: expected.epoch }),
    })
    if (answer.errorCode === 0) this.#become(Number(answer.producerId), answer.producerEpoch)
    return answer.errorCode
  }

  /** As a client does it: asks again while an older transaction is being ended. */
  async initialize(): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt++) {
      // oxlint-disable-next-line no-await-in-loop
      const errorCode = await this.init()
      if (errorCode === 0) return
      if (errorCode !== ErrorCode.CONCURRENT_TRANSACTIONS) throw new Error(`InitProducerId answered ${errorCode}`)
    }
    throw new Error('The older transaction does not end')
  }

  #become(producerId: number, epoch: number): void {
    if (producerId === this.producerId && epoch === this.epoch) return
    this.producerId = producerId
    this.epoch = epoch
    this.#sequences.clear()
  }

  async addPartitions(topic: string, partitions: readonly number[], version = 3): Promise<number> {
    const answer = await this.client.send(addPartitionsToTxn, version, {
      v3AndBelowTransactionalId: this.transactionalId,
      v3AndBelowProducerId: BigInt(this.producerId),
      v3AndBelowProducerEpoch: this.epoch,
      v3AndBelowTopics: [{ name: topic, partitions }],
    })
    return present(answer.resultsByTopicV3AndBelow[0]?.resultsByPartition[0], 'A partition has an answer')
      .partitionErrorCode
  }

  /** One batch, with the next sequence of the partition. */
  async produce(
    topic: string,
    partition: number,
    values: readonly string[],
    options: { version?: number; sequence?: number; isTransactional?: boolean; named?: boolean } = {},
  ): Promise<number> {
    const place = `${topic}-${partition}`
    const baseSequence = options.sequence ?? this.#sequences.get(place) ?? 0
    const records = batchOf({
      values,
      producerId: this.producerId,
      producerEpoch: this.epoch,
      baseSequence,
      isTransactional: options.isTransactional ?? true,
    })
    const { responses } = await this.client.send(produce, options.version ?? (this.protocol === 'classic' ? 11 : 12), {
      transactionalId: options.named === false ? null : this.transactionalId,
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: topic, partitionData: [{ index: partition, records }] }],
    })
    const { errorCode } = present(responses[0]?.partitionResponses[0], 'A partition has an answer')
    if (errorCode === 0) this.#sequences.set(place, baseSequence + values.length)
    return errorCode
  }

  /** Produces, after AddPartitionsToTxn where the protocol wants it. */
  async write(topic: string, partition: number, ...values: readonly string[]): Promise<number> {
    const added = this.protocol === 'classic' ? await this.addPartitions(topic, [partition]) : 0
    return added === 0 ? this.produce(topic, partition, values) : added
  }

  async addOffsets(groupId: string, version = 3): Promise<number> {
    const answer = await this.client.send(addOffsetsToTxn, version, {
      transactionalId: this.transactionalId,
      producerId: BigInt(this.producerId),
      producerEpoch: this.epoch,
      groupId,
    })
    return answer.errorCode
  }

  async sendOffset(
    groupId: string,
    topic: string,
    offset: number,
    options: { version?: number; memberId?: string; generationId?: number } = {},
  ): Promise<number> {
    const { topics } = await this.client.send(
      txnOffsetCommit,
      options.version ?? (this.protocol === 'classic' ? 3 : 5),
      {
        transactionalId: this.transactionalId,
        groupId,
        producerId: BigInt(this.producerId),
        producerEpoch: this.epoch,
        generationId: options.generationId ?? -1,
        memberId: options.memberId ?? '',
        topics: [{ name: topic, partitions: [{ partitionIndex: 0, committedOffset: BigInt(offset) }] }],
      },
    )
    return present(topics[0]?.partitions[0], 'A partition has an answer').errorCode
  }

  async commitOffset(groupId: string, topic: string, offset: number): Promise<number> {
    const added = this.protocol === 'classic' ? await this.addOffsets(groupId) : 0
    return added === 0 ? this.sendOffset(groupId, topic, offset) : added
  }

  async end(outcome: 'commit' | 'abort', version: number = this.protocol === 'classic' ? 3 : 5): Promise<number> {
    const answer = await this.client.send(endTxn, version, {
      transactionalId: this.transactionalId,
      producerId: BigInt(this.producerId),
      producerEpoch: this.epoch,
      committed: outcome === 'commit',
    })
    if (answer.errorCode === 0 && version >= 5) this.#become(Number(answer.producerId), answer.producerEpoch)
    return answer.errorCode
  }
}

/** What a reader of one isolation level sees of a partition, from its start on. */
export interface Seen {
  readonly values: readonly string[]
  readonly highWatermark: number
  readonly lastStableOffset: number
}

/** Reads a partition as a consumer does: with the list of aborted transactions, by the markers. */
export async function readPartition(
  client: ProtocolClient,
  topic: string,
  partition = 0,
  isolation: 'read_committed' | 'read_uncommitted' = 'read_committed',
): Promise<Seen> {
  const values: string[] = []
  for (let next = 0; ;) {
    // oxlint-disable-next-line no-await-in-loop
    const { responses } = await client.send(fetch, 12, {
      isolationLevel: isolation === 'read_committed' ? 1 : 0,
      topics: [{ topic, partitions: [{ partition, fetchOffset: BigInt(next), partitionMaxBytes: 1_000_000 }] }],
    })
    const answer = present(responses[0]?.partitions[0], 'The partition is answered')
    if (answer.errorCode !== 0) throw new Error(`Fetch answered ${answer.errorCode}`)
    const aborted = (answer.abortedTransactions ?? []).map((each) => ({
      producerId: Number(each.producerId),
      firstOffset: Number(each.firstOffset),
    }))
    const active = new Set<number>()
    const batches = RecordBatch.read(answer.records ?? Buffer.alloc(0))
    for (const batch of batches) {
      next = batch.nextOffset
      for (const { producerId, firstOffset } of aborted) {
        if (firstOffset >= batch.baseOffset && firstOffset < batch.nextOffset) active.add(producerId)
        if (firstOffset < batch.baseOffset) active.add(producerId)
      }
      const cursor = batch.records()
      while (cursor.next()) {
        if (batch.isControl) {
          active.delete(batch.producerId)
          const index = aborted.findIndex(({ producerId }) => producerId === batch.producerId)
          const isAbort = cursor.key()?.[3] === 0
          if (isAbort && index >= 0) aborted.splice(index, 1)
        } else if (!batch.isTransactional || !active.has(batch.producerId)) values.push(String(cursor.value()))
      }
    }
    if (batches.length === 0) {
      return {
        values,
        highWatermark: Number(answer.highWatermark),
        lastStableOffset: Number(answer.lastStableOffset),
      }
    }
  }
}

/** The offset committed for partition 0, or `unstable`. */
export async function committedOffset(
  client: ProtocolClient,
  groupId: string,
  topic: string,
  requireStable = true,
): Promise<number | 'unstable'> {
  const { groups } = await client.send(offsetFetch, 8, {
    groups: [{ groupId, topics: [{ name: topic, partitionIndexes: [0] }] }],
    requireStable,
  })
  const answer = present(groups[0]?.topics[0]?.partitions[0], 'Each partition is answered')
  return answer.errorCode === ErrorCode.UNSTABLE_OFFSET_COMMIT ? 'unstable' : Number(answer.committedOffset)
}
