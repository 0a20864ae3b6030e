import type { Header } from '@streamwright/protocol'
import { RecordBatchBuilder } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { asError, present, systemEnvironment } from '@streamwright/std'
import type { TopicMetadata } from '../cluster/topic-metadata.ts'
import { Cluster } from '../cluster/cluster.ts'
import type { WaitOptions } from '../abortable.ts'
import { abortable } from '../abortable.ts'
import { within } from '../cluster/retry.ts'
import type { GroupMetadata } from '../consumer/assignors/assignor.ts'
import type { OffsetToCommit } from '../consumer/offsets/group-offsets.ts'
import type { BatchOutcome } from './batch-outcome.ts'
import { BufferMemory } from './buffer-memory.ts'
import { BuilderPool } from './builder-pool.ts'
import { exactBytesMax, PartitionQueue } from './partition-queue.ts'
import type { OnAcknowledged, ProducerBatch } from './producer-batch.ts'
import { tellSafely } from './producer-batch.ts'
import { kindOf, ProducerIdentity } from './producer-identity.ts'
import type { ProducerMetrics } from './producer-metrics.ts'
import { newCounters } from './producer-metrics.ts'
import type { ProducerConfig, ProducerOptions, ProducerSettings } from './producer-settings.ts'
import { readProducerSettings } from './producer-settings.ts'
import type { ProducerRecord, RecordMetadata } from './producer-record.ts'
import { checkRecord, headersOf, isMany } from './producer-record.ts'
import { recordBatchHeaderBytes, tooLarge } from './record-size.ts'
import { Sender } from './sender.ts'
import { SentRecords } from './sent-records.ts'
import { splitBatch } from './split-batch.ts'
import { ProducerTopic } from './producer-topic.ts'
import type { TransactionOptions } from './producer-transactions.ts'
import { ProducerTransactions } from './producer-transactions.ts'
import { publishProduced } from './publish-produced.ts'
import { closed, noSuchPartition } from './producer-refusals.ts'
import { ProducerInterceptors } from './producer-interceptor.ts'
import { TransactionError } from './transaction-error.ts'

/**
 * Writes records to topics. Records for one partition are gathered into batches (`batch.size`, `linger.ms`), sent to
 * the partition's leader, and sent again after failures that may pass, until `delivery.timeout.ms`; by default without
 * doubling or reordering any. Safe to share by everything in the process.
 *
 * ```ts
 * const producer = new Producer({ bootstrapServers: 'localhost:9092' })
 * const { partition, offset } = await producer.send({ topic: 'greetings', key: 'anna', value: 'hello' })
 * await producer.close()
 * ```
 */
export class Producer {
  readonly #settings: ProducerSettings
  readonly #environment: Environment
  readonly #growsBatches: boolean
  /** A record that may take more is looked at closely. */
  readonly #recordBytesMax: number
  readonly #cluster: Cluster
  readonly #sender: Sender
  readonly #transactions: ProducerTransactions | undefined
  readonly #memory: BufferMemory
  readonly #counters = newCounters()
  readonly #topics = new Map<string, ProducerTopic>()
  readonly #builders: BuilderPool
  readonly #interceptors: ProducerInterceptors | undefined
  #lastTopic: ProducerTopic | undefined
  #failure: Error | undefined
  #flushes = 0
  #isClosed = false
  #closing: Promise<void> | undefined

  /**
   * Connects when it is first used. Throws `ConfigurationError`. `growsBatches`: a full batch that has to wait for others
   * takes records on, beyond `batch.size`, so that a slow broker gets fewer and larger ones.
   */
  constructor(config: ProducerConfig, environment: Environment = systemEnvironment, options: ProducerOptions = {}) {
    this.#growsBatches = options.growsBatches === true
    this.#settings = readProducerSettings(config, environment)
    const { bufferMemory, maxRequestSize } = this.#settings
    this.#recordBytesMax = Math.min(maxRequestSize, bufferMemory) - recordBatchHeaderBytes
    this.#environment = environment
    this.#cluster = new Cluster(this.#settings, environment)
    const { interceptors = [] } = this.#settings
    if (interceptors.length > 0) this.#interceptors = new ProducerInterceptors(interceptors, environment.log)
    this.#builders = new BuilderPool(this.#settings)
    this.#memory = new BufferMemory(this.#settings.bufferMemory)
    const identity = new ProducerIdentity(kindOf(this.#settings), this.#cluster, environment)
    const transactions = (): ProducerTransactions | undefined => this.#transactions
    this.#sender = new Sender(this.#cluster, this.#settings, environment, identity, this.#senderOwner(), transactions)
    this.#transactions = this.#newTransactions(identity)
    this.#cluster.onMetadata((topics) => this.#learn(topics))
  }

  /** The configuration with its defaults. */
  get settings(): ProducerSettings {
    return this.#settings
  }

  /** Bytes of records whose outcome is open. */
  get bufferedBytes(): number {
    return this.#memory.usedBytes
  }

  /** `buffer.memory` is used up: wait for {@link drained} before the next {@link append}. */
  get isFull(): boolean {
    return this.#memory.isFull
  }

  /** Resolves when there is room in the buffer: at once unless it is full. */
  drained(): Promise<void> {
    return this.#memory.drained()
  }

  /** The first failure of a record that was appended without a callback. Such a record is lost. */
  get failure(): Error | undefined {
    return this.#failure
  }

  get metrics(): ProducerMetrics {
    return { ...this.#counters, bufferedBytes: this.#memory.usedBytes }
  }

  /**
   * Takes a record and returns: the way for many records. Never waits, so look at {@link isFull} now and then. Without
   * a partition, one is chosen by the key, or evenly if there is none. `timestamp` is in milliseconds since 1970.
   * Bytes are copied. The outcome goes to `onAcknowledged`, without which an error ends up in {@link failure}. Throws
   * only after {@link close}, and, when the producer is transactional, outside of a transaction and in one that failed.
   */
  append(
    topic: string,
    partition: number | undefined,
    timestamp: number,
    key: Uint8Array | string | null,
    value: Uint8Array | string | null,
    headers?: readonly Header[],
    onAcknowledged?: OnAcknowledged,
  ): void {
    this.#transactions?.checkAppend()
    if (this.#interceptors !== undefined)
      return this.#intercept(this.#interceptors, { topic, partition, timestamp, key, value, headers }, onAcknowledged)
    this.#place(topic, partition, timestamp, key, value, headers, onAcknowledged)
  }

  #intercept(interceptors: ProducerInterceptors, given: ProducerRecord, onAcknowledged?: OnAcknowledged): void {
    const record = interceptors.sending(given)
    const { topic, partition, timestamp = this.#environment.clock.wallMs(), key = null, value, headers } = record
    const acknowledged = interceptors.acknowledging(topic, timestamp, (error, ...place) => {
      if (onAcknowledged !== undefined) onAcknowledged(error, ...place)
      else if (error !== null) this.#failure ??= error
    })
    this.#place(topic, partition, timestamp, key, value, headersOf(headers), acknowledged)
  }

  #place(
    topic: string,
    partition: number | undefined,
    timestamp: number,
    key: Uint8Array | string | null,
    value: Uint8Array | string | null,
    headers: readonly Header[] | undefined,
    onAcknowledged: OnAcknowledged | undefined,
  ): void {
    let target = this.#lastTopic
    if (target === undefined || target.name !== topic || !target.isKnown) target = this.#useTopic(topic)
    this.#accept(target, partition, timestamp, key, value, headers, onAcknowledged)
  }

  #accept(
    target: ProducerTopic,
    partition: number | undefined,
    timestamp: number,
    key: Uint8Array | string | null,
    value: Uint8Array | string | null,
    headers: readonly Header[] | undefined,
    onAcknowledged: OnAcknowledged | undefined,
  ): void {
    const bytesMax = RecordBatchBuilder.recordBytesMax(key, value, headers)
    if (bytesMax > this.#recordBytesMax) {
      const error = tooLarge(exactBytesMax(key, value, headers), this.#settings)
      if (error !== undefined) return this.#refuse(error, partition, onAcknowledged)
    }
    if (!target.isKnown) {
      this.#memory.usedBytes += bytesMax
      target.hold(partition, timestamp, key, value, headers, onAcknowledged, bytesMax)
      return
    }
    const queue = partition === undefined ? target.choose(key, value, headers, bytesMax) : target.queues[partition]
    if (queue === undefined) {
      return this.#refuse(noSuchPartition(target.name, partition, target.queues.length), partition, onAcknowledged)
    }
    const bytes = queue.append(bytesMax, timestamp, key, value, headers, onAcknowledged)
    this.#memory.usedBytes += bytes
    if (partition === undefined) target.appended(bytes)
  }

  /**
   * Writes a record, or several, and resolves with where they are when they are acknowledged. Waits for room in the
   * buffer and for an unknown topic (both up to `max.block.ms`). Rejects with the first failure: `KafkaError`,
   * `OperationTimeoutError`, `RecordTooLargeError`, `ClientClosedError`; others of several records may be written.
   */
  send(record: ProducerRecord, options?: WaitOptions): Promise<RecordMetadata>
  send(records: readonly ProducerRecord[], options?: WaitOptions): Promise<RecordMetadata[]>
  async send(
    input: ProducerRecord | readonly ProducerRecord[],
    options: WaitOptions = {},
  ): Promise<RecordMetadata | RecordMetadata[]> {
    if (isMany(input)) return abortable(options, () => this.#sendAll(input, options.signal))
    const [written] = await abortable(options, () => this.#sendAll([input], options.signal))
    return present(written, 'A record that was sent has a place')
  }

  async #sendAll(records: readonly ProducerRecord[], signal: AbortSignal | undefined): Promise<RecordMetadata[]> {
    const { clock } = this.#environment
    const sent = new SentRecords(records.length)
    let nowMs = clock.wallMs()
    for (const [index, record] of records.entries()) {
      const waited = this.#memory.isFull || this.#memory.hasWaiting
      if (waited) {
        await this.#memory.room(this.#environment, this.#settings.maxBlockMs)
        nowMs = clock.wallMs()
      }
      try {
        signal?.throwIfAborted()
        const { topic, partition, timestamp = nowMs, key = null, value, headers } = checkRecord(record)
        const acknowledged = sent.acknowledgement(index, topic, timestamp)
        this.append(topic, partition, timestamp, key, value, headersOf(headers), acknowledged)
      } finally {
        if (waited) this.#memory.tookRoom()
      }
    }
    return sent.written
  }

  /** Sends all that was accepted so far without lingering, and resolves when the outcome of all of it is known. */
  flush(options: WaitOptions = {}): Promise<void> {
    return abortable(options, () => this.#flush())
  }

  async #flush(): Promise<void> {
    this.#flushes += 1
    try {
      const held = [...this.#topics.values()].flatMap((topic) => topic.whenKnown() ?? [])
      const batches = [...this.#openBatches()].map((batch) => batch.whenDone())
      for (const queue of this.#sender.busyQueues) queue.closeOpen()
      this.#sender.wake()
      await Promise.all(batches)
      if (held.length > 0) {
        await Promise.all(held)
        await Promise.all([...this.#openBatches()].map((batch) => batch.whenDone()))
      }
    } finally {
      this.#flushes -= 1
    }
  }

  /**
   * For a producer with `transactional.id`, once, before everything else. From now on it is the only one with the id:
   * others are fenced, and what they left open is aborted. Waits up to `max.block.ms`, and may be called again after an
   * `OperationTimeoutError`. Rejects with `TransactionError`.
   */
  async initTransactions(options: TransactionOptions = {}): Promise<void> {
    await abortable(options, () => this.#requireTransactions().initialize(this.#blockMs(options)))
  }

  /** What is sent from now on is seen by `read_committed` consumers when it is committed, all of it or nothing. */
  beginTransaction(): void {
    this.#requireTransactions().begin()
  }

  /**
   * Makes offsets of a consumer group part of the transaction: they are committed if it is. `group` is the consumer's
   * `groupMetadata()`, with which one that has lost its partitions is refused; or only the name of a group without
   * members. Offsets are those of the next records to read. Rejects with `TransactionError`.
   */
  async sendOffsetsToTransaction(
    offsets: readonly OffsetToCommit[],
    group: GroupMetadata | string,
    options: TransactionOptions = {},
  ): Promise<void> {
    const member =
      typeof group === 'string' ? { groupId: group, generationId: -1, memberId: '', groupInstanceId: null } : group
    await abortable(options, () => this.#requireTransactions().sendOffsets(offsets, member, this.#blockMs(options)))
  }

  /**
   * Sends what is still to be sent, and commits. Rejects with a `TransactionError` that says what to do: for
   * `TRANSACTION_ABORTABLE`, which is also what a record that could not be written leads to, {@link abortTransaction}.
   * After an `OperationTimeoutError` it is called again.
   */
  async commitTransaction(options: TransactionOptions = {}): Promise<void> {
    await abortable(options, () => this.#requireTransactions().commit(this.#blockMs(options)))
  }

  /** Gives up what is still to be sent, and aborts. Afterwards another transaction can begin. */
  async abortTransaction(options: TransactionOptions = {}): Promise<void> {
    await abortable(options, () => this.#requireTransactions().abort(this.#blockMs(options)))
  }

  /** How many partitions a topic has; waits up to `max.block.ms` for the topic to exist. */
  async partitionsFor(topic: string): Promise<number> {
    if (this.#isClosed) throw closed()
    const target = this.#useTopic(topic)
    await target.whenKnown()
    if (target.isKnown) return target.queues.length
    throw target.error ?? closed()
  }

  /**
   * Delivers what was accepted, then closes the connections. What is not delivered within `timeoutMs` (default: as long
   * as `delivery.timeout.ms` lets it take) fails with `ClientClosedError`. A transaction that is open is aborted.
   */
  close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(options.timeoutMs)
    return this.#closing
  }

  async #close(timeoutMs: number | undefined): Promise<void> {
    this.#isClosed = true
    this.#lastTopic = undefined
    const flushed = this.#transactions?.isOpen === true ? this.#abandonTransaction() : this.flush()
    if (timeoutMs === undefined) await flushed
    else if (timeoutMs > 0) await within(this.#environment, timeoutMs, 'Flushing', flushed).catch(() => undefined)
    const error = closed()
    for (const topic of this.#topics.values()) this.#failHeld(topic, error)
    this.#sender.close(error)
    await this.#cluster.close()
    this.#interceptors?.close()
  }

  /** Without it the transaction would stay open until its time is up, and hold up its readers. */
  async #abandonTransaction(): Promise<void> {
    try {
      await this.#transactions?.abandon(this.#settings.maxBlockMs)
    } catch (error) {
      this.#environment.log.debug('A transaction could not be aborted when its producer was closed', { error })
    }
  }

  #newTransactions(identity: ProducerIdentity): ProducerTransactions | undefined {
    const { transactionalId } = this.#settings
    if (transactionalId === null) return undefined
    const settings = { ...this.#settings, transactionalId }
    return new ProducerTransactions(this.#cluster, this.#environment, settings, identity, {
      flush: () => this.flush(),
      failWaiting: (error) => {
        for (const topic of this.#topics.values()) this.#failHeld(topic, error)
        this.#sender.failWaiting(error)
      },
      whenQuiet: () => this.#sender.whenQuiet(),
      wake: () => this.#sender.wake(),
    })
  }

  #requireTransactions(): ProducerTransactions {
    if (this.#isClosed) throw closed()
    if (this.#transactions !== undefined) return this.#transactions
    throw new TransactionError('TRANSACTION_STATE', 'The producer has no transactional.id: give it one, of its own')
  }

  #blockMs({ timeoutMs }: TransactionOptions): number {
    return timeoutMs ?? this.#settings.maxBlockMs
  }

  #useTopic(name: string): ProducerTopic {
    if (this.#isClosed) throw closed()
    let topic = this.#topics.get(name)
    if (topic === undefined) {
      topic = this.#newTopic(name)
      this.#topics.set(name, topic)
    }
    if (!topic.isKnown) this.#findTopic(topic)
    this.#lastTopic = topic
    return topic
  }

  #newTopic(name: string): ProducerTopic {
    const { batchSize, compression } = this.#settings
    const topic = new ProducerTopic(name, this.#settings, this.#environment.random, {
      queue: (partition) => {
        const queue = new PartitionQueue(name, partition, {
          batchBytesMax: compression === 'none' ? () => batchSize : () => topic.ratio.uncompressedBytes(batchSize),
          grownBatchBytesMax: () => (this.#growsBatches ? topic.grownBatchBytesMax : 0),
          takeBuilder: () => this.#builders.take(),
          nowMs: () => this.#environment.clock.monotonicMs(),
          opened: (batch) => this.#sender.enqueue(queue, this.#dueAtMs(batch)),
          closed: () => this.#sender.enqueue(queue, 0),
        })
        return queue
      },
      isServed: (queue, withinMs) => this.#sender.isServed(queue, withinMs),
    })
    return topic
  }

  #dueAtMs(batch: ProducerBatch): number {
    return this.#flushes > 0 || this.#isClosed ? 0 : batch.createdAtMs + this.#settings.lingerMs
  }

  /** Finds a topic that is not known yet, and appends what was held until then. */
  #findTopic(topic: ProducerTopic): void {
    if (topic.isSought) return
    const found = this.#cluster.requireTopic(topic.name, {
      allowAutoCreate: true,
      timeoutMs: this.#settings.maxBlockMs,
    })
    topic.seek(
      found.then(
        (metadata) => {
          this.#learn([metadata])
          for (const { bytesMax, ...record } of topic.takeHeld()) {
            this.#memory.release(bytesMax)
            const { partition, timestamp, key, value, headers, onAcknowledged } = record
            try {
              this.#accept(topic, partition, timestamp, key, value, headers, onAcknowledged)
            } catch (error) {
              // A partitioner that fails; who appended the record does not wait for it any more.
              this.#refuse(asError(error), partition, onAcknowledged)
            }
          }
        },
        (error: unknown) => this.#failHeld(topic, asError(error)),
      ),
    )
  }

  #failHeld(topic: ProducerTopic, error: Error): void {
    topic.error = error
    for (const { bytesMax, partition, onAcknowledged } of topic.takeHeld()) {
      this.#memory.release(bytesMax)
      this.#refuse(error, partition, onAcknowledged)
    }
  }

  #learn(topics: readonly TopicMetadata[]): void {
    for (const metadata of topics) {
      const topic = this.#topics.get(metadata.topic)
      if (topic === undefined) continue
      const gone = metadata.errorCode === 0 ? topic.learn(metadata.topicId, metadata.partitions.length) : []
      for (const queue of gone) this.#sender.leaderChanged(queue, -1)
      for (const queue of topic.queues) {
        this.#sender.leaderChanged(queue, metadata.partitions[queue.partition]?.leader ?? -1)
      }
    }
  }

  #refuse(error: Error, partition: number | undefined, onAcknowledged: OnAcknowledged | undefined): void {
    this.#counters.failedRecords += 1
    this.#transactions?.batchFailed(error, false)
    if (onAcknowledged === undefined) this.#failure ??= error
    else tellSafely(onAcknowledged, this.#environment.log, error, partition ?? -1, -1, 0, -1)
  }

  *#openBatches(): Generator<ProducerBatch> {
    for (const queue of this.#sender.busyQueues) {
      yield* queue.inFlight
      yield* queue.waiting
    }
  }

  #senderOwner(): ConstructorParameters<typeof Sender>[4] {
    const isUrgent = (): boolean => this.#flushes > 0 || this.#isClosed
    return {
      memory: this.#memory,
      counters: this.#counters,
      get isUrgent() {
        return isUrgent()
      },
      sealed: (batch, bytes) => {
        this.#topics.get(batch.queue.topic)?.ratio.observe(batch.builder.sizeInBytes, bytes)
      },
      split: (batch) => this.#split(batch),
      finish: (batch, error, outcome) => this.#finish(batch, error, outcome),
      release: (batch) => this.#release(batch),
    }
  }

  #split(batch: ProducerBatch): ProducerBatch[] {
    this.#topics.get(batch.queue.topic)?.refusedBatch()
    const parts = splitBatch(batch, this.#settings.batchSize, () => this.#builders.create())
    const extra = parts.reduce((bytes, part) => bytes + part.bufferedBytes, 0) - batch.bufferedBytes
    this.#memory.usedBytes += extra
    // Who waits for the whole waits for its parts.
    void Promise.all(parts.map((part) => part.whenDone())).then(() => batch.finishAsParts())
    return parts
  }

  #finish(batch: ProducerBatch, error: Error | null, outcome: BatchOutcome): void {
    const { recordCount } = batch
    if (error === null) this.#counters.records += recordCount
    else {
      this.#counters.failedRecords += recordCount
      if (batch.hasUnheardRecords) this.#failure ??= error
    }
    const written = outcome.kind === 'written' ? outcome : { baseOffset: -1, logAppendTimeMs: -1 }
    const errorAt = outcome.kind === 'failed' ? outcome.errorAt : undefined
    publishProduced(this.#settings.clientId, this.#environment, batch, error, written.baseOffset)
    batch.finish(error, written.baseOffset, written.logAppendTimeMs, this.#environment.log, errorAt)
  }

  #release(batch: ProducerBatch): void {
    this.#memory.release(batch.bufferedBytes)
    this.#builders.giveBack(batch.builder)
  }
}
