import type { BatchSeal, RecordBatch } from '@streamwright/protocol'
import { RecordBatchBuilder, controlTypeOf, coordinatorPartition } from '@streamwright/protocol'
import type { Log } from '@streamwright/std'
import { asError, present } from '@streamwright/std'
import { groupBatchBytesMax, offsetsCompactionBytes, offsetsGarbageRatio } from '../limits.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import { readWholeLog } from '../log/whole-log.ts'
import { createOffsetsTopic, offsetsTopicName } from '../metadata/topic-creation.ts'
import type { Topic } from '../metadata/topics.ts'
import type { BrokerServices } from '../services.ts'
import type { ReadGroupRecord } from './group-records.ts'
import { readGroupRecord } from './group-records.ts'
import type { GroupRecord } from './record-framing.ts'

/** The live records of one partition: what a reader must know of the groups in it. */
export type Snapshot = (partition: number) => Iterable<GroupRecord>

/** Who writes as part of a transaction. */
export interface TransactionalWriter {
  readonly producerId: number
  readonly producerEpoch: number
}

/** What is found in `__consumer_offsets`, in order. */
export interface GroupRecordVisitor {
  /** `producerId`: in a transaction, whose end comes later or not at all. */
  record(record: ReadGroupRecord, producerId: number | undefined): void
  transactionEnded(partition: number, producerId: number, outcome: 'commit' | 'abort'): void
}

/**
 * Keeps groups in `__consumer_offsets`, in Kafka's format, a group's records in the partition of its name's hash. When
 * most of a partition is outdated, the live records are written anew and what stands before them is given up.
 */
export class GroupStorage {
  readonly #services: BrokerServices
  readonly #snapshot: Snapshot
  readonly #log: Log
  /** Bytes since the live records were last written, and how many they were. */
  readonly #sizes = new Map<number, { appended: number; live: number }>()

  constructor(services: BrokerServices, snapshot: Snapshot) {
    this.#services = services
    this.#snapshot = snapshot
    this.#log = services.environment.log
  }

  partitionOf(group: string): number {
    const count = this.#topic?.partitions.length ?? this.#services.settings.offsetsTopicNumPartitions
    return coordinatorPartition(group, count)
  }

  /** All records of all partitions, each partition's in order. */
  load(visitor: GroupRecordVisitor): void {
    for (const partition of this.#topic?.partitions ?? []) {
      const log = partition.existingLog
      if (log === undefined) continue
      this.#sizes.set(partition.index, { appended: log.sizeInBytes, live: 0 })
      readWholeLog(log, (batch) => this.#readBatch(batch, log, visitor))
    }
  }

  /** What the disk has of the partition that a group is in, after a write has failed. */
  reload(group: string, visitor: GroupRecordVisitor): void {
    const log = this.#topic?.partition(this.partitionOf(group))?.existingLog
    if (log !== undefined) readWholeLog(log, (batch) => this.#readBatch(batch, log, visitor))
  }

  /** Resolves when the records will survive the end of the process. */
  append(group: string, records: readonly GroupRecord[], writer?: TransactionalWriter): Promise<void> {
    if (records.length === 0) return Promise.resolve()
    const created = this.#topic === undefined ? createOffsetsTopic(this.#services) : undefined
    const topic = created?.topic ?? this.#topic
    const index = this.partitionOf(group)
    const partition = present(topic?.partition(index), 'A group belongs to a partition that exists')
    const written = Promise.all([created?.durable, this.#appendTo(partition.log, records, writer)]).then(() => {})
    void written.then(
      () => this.#rewriteIfWorthwhile(index, partition.log),
      () => {},
    )
    return written
  }

  get #topic(): Topic | undefined {
    return this.#services.topics.get(offsetsTopicName)
  }

  #appendTo(log: PartitionLog, records: Iterable<GroupRecord>, writer?: TransactionalWriter): Promise<void> {
    const seal: BatchSeal = writer === undefined ? {} : { ...writer, baseSequence: -1, transactional: true }
    const written = new Set<Promise<void>>()
    const nowMs = this.#services.environment.clock.wallMs()
    let builder: RecordBatchBuilder | undefined
    const flush = (): void => {
      if (builder === undefined || builder.recordCount === 0) return
      const batch = builder.build(seal)
      const size = this.#sizes.get(log.partition) ?? { appended: 0, live: 0 }
      this.#sizes.set(log.partition, { ...size, appended: size.appended + batch.length })
      written.add(log.append(batch, { origin: 'coordinator' }).written)
      builder = undefined
    }
    for (const { key, value } of records) {
      builder ??= new RecordBatchBuilder()
      builder.append(nowMs, key, value)
      if (builder.sizeInBytes > groupBatchBytesMax) flush()
    }
    flush()
    return Promise.all(written).then(() => {})
  }

  #rewriteIfWorthwhile(index: number, log: PartitionLog): void {
    const size = this.#sizes.get(index)
    const isInTransaction = log.lastStableOffset < log.highWatermark
    if (isInTransaction || size === undefined) return
    if (size.appended < Math.max(offsetsCompactionBytes, size.live * offsetsGarbageRatio)) return
    const start = log.endOffset
    this.#sizes.set(index, { appended: 0, live: 0 })
    const written = this.#appendTo(log, this.#snapshot(index))
    this.#sizes.set(index, { appended: 0, live: this.#sizes.get(index)?.appended ?? 0 })
    written.then(
      () => void log.deleteRecordsBefore(start),
      (error: unknown) => this.#log.warn('Groups could not be written anew', { error: asError(error) }),
    )
  }

  #readBatch(batch: RecordBatch, log: PartitionLog, visitor: GroupRecordVisitor): void {
    const cursor = batch.records()
    const producerId = batch.isTransactional ? batch.producerId : undefined
    while (cursor.next()) {
      const key = cursor.key()
      if (cursor.offset < log.startOffset || key === null) continue
      if (batch.isControl) {
        const outcome = controlTypeOf(key)
        if (outcome !== undefined) visitor.transactionEnded(log.partition, batch.producerId, outcome)
        continue
      }
      try {
        visitor.record(readGroupRecord(key, cursor.value()), producerId)
      } catch (error) {
        this.#log.warn('A record of __consumer_offsets is not understood and left aside', {
          offset: cursor.offset,
          error: asError(error),
        })
      }
    }
  }
}
