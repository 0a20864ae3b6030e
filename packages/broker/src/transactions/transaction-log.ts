import { RecordBatchBuilder, coordinatorPartition } from '@streamwright/protocol'
import { asError, present } from '@streamwright/std'
import { storageFailed } from '../log/log-errors.ts'
import { readWholeLog } from '../log/whole-log.ts'
import { createTransactionsTopic, transactionsTopicName } from '../metadata/topic-creation.ts'
import type { Topic } from '../metadata/topics.ts'
import type { BrokerServices } from '../services.ts'
import type { TransactionMetadata } from './transaction-metadata.ts'
import type { TransactionRecord } from './transaction-records.ts'
import { readTransactionRecord } from './transaction-records.ts'

/** Keeps transactions in `__transaction_state`, in Kafka's format, each in the partition of its id's hash. */
export class TransactionLog {
  readonly #services: BrokerServices

  constructor(services: BrokerServices) {
    this.#services = services
  }

  /** The last that is known of each transactional id. */
  load(): Map<string, TransactionMetadata> {
    const found = new Map<string, TransactionMetadata>()
    for (const partition of this.#topic?.partitions ?? []) {
      const log = partition.existingLog
      if (log === undefined) continue
      readWholeLog(log, (batch) => {
        if (batch.isControl) return
        const cursor = batch.records()
        while (cursor.next()) {
          const key = cursor.key()
          if (cursor.offset >= log.startOffset && key !== null) this.#apply(found, key, cursor.value(), cursor.offset)
        }
      })
    }
    return found
  }

  /**
   * The records are in the file when it returns: what depends on them may be written from now on, and cannot be there
   * without them after a crash. Resolves when they may be acknowledged. Throws KAFKA_STORAGE_ERROR; nothing is written
   * then.
   */
  append(transactionalId: string, records: readonly TransactionRecord[]): Promise<void> {
    const created = this.#topic === undefined ? createTransactionsTopic(this.#services) : undefined
    const topic = present(created?.topic ?? this.#topic, 'The topic of transactions was made')
    const partition = topic.partition(coordinatorPartition(transactionalId, topic.partitions.length))
    const { log } = present(partition, 'A transactional id belongs to a partition that exists')
    const nowMs = this.#services.environment.clock.wallMs()
    const builder = new RecordBatchBuilder({ initialCapacity: 256 })
    for (const { key, value } of records) builder.append(nowMs, key, value)
    const appended = log.append(builder.build({}), { origin: 'coordinator' })
    log.writePending()
    if (log.highWatermark <= appended.lastOffset) throw log.failure ?? storageFailed(log.directory, 'not written')
    return Promise.all([created?.durable, appended.written]).then(() => {})
  }

  /** Goes up when the partition's log is opened after a crash; markers carry it. */
  coordinatorEpochOf(transactionalId: string): number {
    const topic = this.#topic
    if (topic === undefined) return 0
    return topic.partition(coordinatorPartition(transactionalId, topic.partitions.length))?.leaderEpoch ?? 0
  }

  get #topic(): Topic | undefined {
    return this.#services.topics.get(transactionsTopicName)
  }

  #apply(found: Map<string, TransactionMetadata>, key: Buffer, value: Buffer | null, offset: number): void {
    try {
      const read = readTransactionRecord(key, value)
      if (read === undefined) return
      if (read.metadata === null) found.delete(read.transactionalId)
      else found.set(read.transactionalId, read.metadata)
    } catch (error) {
      this.#services.environment.log.warn('A record of __transaction_state is not understood and left aside', {
        offset,
        error: asError(error),
      })
    }
  }
}
