import { produce } from '@streamwright/protocol/messages/produce'
import type { ProduceResponse } from '@streamwright/protocol/messages/produce'
import { ErrorCode } from '@streamwright/protocol'
import type { Environment, Timer } from '@streamwright/std'
import { asError, delay, int32Max } from '@streamwright/std'
import type { Cluster } from '../cluster/cluster.ts'
import { backoffMs } from '../connection/backoff.ts'
import { expirySweepMs, timerResolutionMs } from '../limits.ts'
import { OperationTimeoutError } from '../errors.ts'
import type { BatchOutcome } from './batch-outcome.ts'
import { outcomeOf, outcomeWithoutAnswer } from './batch-outcome.ts'
import type { BufferMemory } from './buffer-memory.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { SealedBatch } from './produce-request.ts'
import { produceCall } from './produce-request.ts'
import type { ProducerBatch } from './producer-batch.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import type { ProducerCounters } from './producer-metrics.ts'
import type { ProducerSettings } from './producer-settings.ts'

/** What the sender needs of the producer. */
export interface SenderOwner {
  readonly memory: BufferMemory
  readonly counters: ProducerCounters
  /** Batches go at once, without waiting for more records. */
  readonly isUrgent: boolean
  /** The bytes of a batch as they were sent, to learn how well its topic compresses. */
  sealed(batch: ProducerBatch, bytes: number): void
  /** Splits a batch, which is not used any more, in parts that are. */
  split(batch: ProducerBatch): ProducerBatch[]
  /** The outcome of a batch. Its memory is still taken. */
  finish(batch: ProducerBatch, error: Error | null, outcome: BatchOutcome): void
  /** Nothing refers to the memory of a batch any more. */
  release(batch: ProducerBatch): void
}

/** What the sender must know of a producer's transactions. */
export interface SenderTransactions {
  readonly transactionalId: string
  /** Brokers add partitions to the transaction by themselves. */
  readonly usesEpochs: boolean
  /** The transaction is lost: nothing goes again. */
  readonly isFailing: boolean
  /** Whether the partition belongs to a transaction that is open. */
  maySend(topic: string, partition: number): boolean
  /** `hadSequence`: it was sent, and nobody may know whether it was written. */
  batchFailed(error: Error, hadSequence: boolean): void
}

interface Broker {
  readonly id: number
  /** Partitions with batches that wait; rotated, so that each has its turn. */
  readonly queues: Set<PartitionQueue>
  requestsInFlight: number
  /** When it last took a request. */
  servedAtMs: number
}

/** Where queues are whose leader is not known. */
const noBroker = -1

/**
 * Sends batches: decides when a batch goes, puts those for one broker into one request, and does what the answers
 * want. Ordering, for each partition: a batch is sent only if all before it are written, given up, or on their way to
 * the same broker; a batch that goes again goes before all that come after it, when nothing is on the way any more.
 */
export class Sender {
  readonly #cluster: Cluster
  readonly #settings: ProducerSettings
  readonly #environment: Environment
  readonly #identity: ProducerIdentity
  readonly #owner: SenderOwner
  readonly #transactions: () => SenderTransactions | undefined
  readonly #brokers = new Map<number, Broker>()
  /** With batches that wait or are on the way. */
  readonly #busy = new Set<PartitionQueue>()
  readonly #outdatedTopics = new Set<string>()
  #isWakeScheduled = false
  #isClosed = false
  #isLookingForLeaders = false
  #timer: Timer | undefined
  #timerAtMs = Infinity
  #sweptAtMs = 0
  /** When the oldest batch that the last sweep has seen is given up. */
  #expiresAtMs = Infinity

  constructor(
    cluster: Cluster,
    settings: ProducerSettings,
    environment: Environment,
    identity: ProducerIdentity,
    owner: SenderOwner,
    transactions: () => SenderTransactions | undefined = () => undefined,
  ) {
    this.#cluster = cluster
    this.#settings = settings
    this.#environment = environment
    this.#identity = identity
    this.#owner = owner
    this.#transactions = transactions
  }

  /** All partitions with batches whose outcome is open. */
  get busyQueues(): ReadonlySet<PartitionQueue> {
    return this.#busy
  }

  /** A queue has a batch that waits; it may be sent at `readyAtMs`. */
  enqueue(queue: PartitionQueue, readyAtMs: number): void {
    this.#busy.add(queue)
    this.#broker(queue.leader).queues.add(queue)
    if (queue.leader < 0) this.#lookForLeaders()
    this.#wakeAt(readyAtMs)
  }

  /** The leader of a partition has become known, or has changed. */
  leaderChanged(queue: PartitionQueue, leader: number): void {
    if (queue.leader === leader) return
    this.#broker(queue.leader).queues.delete(queue)
    queue.leader = leader
    if (queue.waiting.length > 0) this.enqueue(queue, 0)
  }

  /** Whether the broker of a partition has taken a request in the last so many milliseconds, or has nothing to do. */
  isServed(queue: PartitionQueue, withinMs: number): boolean {
    const broker = this.#brokers.get(queue.leader)
    if (broker === undefined || broker.queues.size === 0) return true
    return this.#environment.clock.monotonicMs() - broker.servedAtMs <= withinMs
  }

  /** Looks, at the end of this turn, for what can be sent. */
  wake(): void {
    if (this.#isWakeScheduled || this.#isClosed) return
    this.#isWakeScheduled = true
    queueMicrotask(() => {
      this.#isWakeScheduled = false
      this.#run()
    })
  }

  /** Sends nothing more, and gives up all that is not written. */
  close(error: Error): void {
    this.#isClosed = true
    this.#timer?.cancel()
    for (const queue of this.#busy) this.#giveUp(queue, error)
  }

  /** Gives up all that waits; what is on its way may still be written. */
  failWaiting(error: Error): void {
    for (const queue of this.#busy) this.#giveUpWaiting(queue, error)
  }

  /** Resolves when nothing is on its way any more, as far as anybody cares about it. */
  async whenQuiet(): Promise<void> {
    await Promise.all([...this.#busy].flatMap((queue) => queue.inFlight.map((batch) => batch.whenDone())))
  }

  #run(): void {
    if (this.#isClosed) return
    const nowMs = this.#environment.clock.monotonicMs()
    if (this.#identity.isReady) for (const broker of this.#brokers.values()) this.#sendTo(broker, nowMs)
    if (this.#busy.size > 0 && !this.#identity.isReady && !this.#identity.isTransactional) this.#fetchIdentity()
    if (nowMs >= this.#expiresAtMs || nowMs - this.#sweptAtMs >= this.#sweepMs) this.#expire(nowMs)
    if (this.#busy.size > 0) this.#wakeAt(Math.min(nowMs + this.#sweepMs, this.#expiresAtMs))
    for (const broker of this.#brokers.values()) {
      for (const queue of broker.queues) {
        const readyAtMs = this.#readyAtMs(queue, nowMs)
        // What is due and was not sent waits for an answer, which wakes the sender.
        if (readyAtMs > nowMs) this.#wakeAt(readyAtMs)
      }
    }
  }

  get #sweepMs(): number {
    return Math.min(expirySweepMs, Math.max(this.#settings.deliveryTimeoutMs / 10, timerResolutionMs))
  }

  #wakeAt(timeMs: number): void {
    const nowMs = this.#environment.clock.monotonicMs()
    if (timeMs <= nowMs) return this.wake()
    if (this.#isClosed || timeMs === Infinity || (timeMs >= this.#timerAtMs && this.#timerAtMs > nowMs)) return
    this.#timer?.cancel()
    this.#timerAtMs = timeMs
    const delayMs = Math.min(Math.max(timeMs - nowMs, timerResolutionMs), int32Max)
    this.#timer = this.#environment.timers.after(delayMs, () => {
      this.#timerAtMs = Infinity
      this.#run()
    })
  }

  #broker(id: number): Broker {
    let broker = this.#brokers.get(id)
    if (broker === undefined) {
      broker = { id, queues: new Set(), requestsInFlight: 0, servedAtMs: this.#environment.clock.monotonicMs() }
      this.#brokers.set(id, broker)
    }
    return broker
  }

  #sendTo(broker: Broker, nowMs: number): void {
    if (broker.id === noBroker) return
    while (broker.requestsInFlight < this.#settings.maxInFlightRequestsPerConnection) {
      let isReady = false
      for (const queue of broker.queues) {
        if (this.#readyAtMs(queue, nowMs) > nowMs || !this.#maySend(queue, broker.id)) continue
        isReady = true
        break
      }
      const sealed = isReady ? this.#take(broker, nowMs) : []
      if (sealed.length === 0) return
      void this.#send(broker, sealed)
    }
  }

  /** The first batch of each partition that may send one, whether it is due or not, as far as they fit. */
  #take(broker: Broker, nowMs: number): SealedBatch[] {
    const sealed: SealedBatch[] = []
    let bytes = 0
    for (const queue of [...broker.queues]) {
      const { head } = queue
      if (head === undefined) broker.queues.delete(queue)
      if (head === undefined || head.retryAtMs > nowMs || !this.#maySend(queue, broker.id)) continue
      const size = head.builder.sizeInBytes
      if (sealed.length > 0 && bytes + size > this.#settings.maxRequestSize) break
      bytes += size
      const batch = queue.takeHead(broker.id)
      sealed.push({ batch, records: this.#seal(batch) })
      // To the end of the line.
      broker.queues.delete(queue)
      if (queue.waiting.length > 0) broker.queues.add(queue)
    }
    return sealed
  }

  /** Whether order allows the head of a queue to go to this broker now. */
  #maySend(queue: PartitionQueue, broker: number): boolean {
    const { head, inFlight } = queue
    if (head === undefined) return false
    const mayEver = this.#transactions()?.maySend(queue.topic, queue.partition) ?? true
    if (!mayEver) return false
    if (inFlight.length > 0) return head.attempts === 0 && queue.inFlightTo === broker && !this.#mustGoAlone(queue)
    if (!this.#identity.isIdempotent) return true
    if (queue.needsNewGeneration && queue.generation === this.#identity.generation) {
      // A transactional producer gets its next epoch when the transaction has been aborted.
      if (this.#identity.isTransactional) return false
      this.#identity.bumpEpoch()
    }
    if (!this.#identity.isReady) return false
    const goesAgain = head.sequence !== undefined && !queue.needsNewGeneration
    if (!goesAgain) this.#settleSequence(queue)
    return this.#identity.isReady
  }

  /**
   * Whether a batch must not be sent behind another one. The first batch of a sequence goes alone: a broker that has no
   * sequence of a producer takes any number for its begin, and if the first batch failed, the second one would be it.
   */
  #mustGoAlone(queue: PartitionQueue): boolean {
    if (!this.#identity.isIdempotent) return false
    if (queue.isUnresolved || queue.needsNewGeneration || queue.lastAcknowledgedSequence < 0) return true
    return queue.generation !== this.#identity.generation
  }

  /** Nothing is on the way and nothing goes again: the moment to begin a new sequence, if there has to be one. */
  #settleSequence(queue: PartitionQueue): void {
    const { lastAcknowledgedSequence: last, nextSequence } = queue
    if (queue.isUnresolved && queue.generation === this.#identity.generation) {
      const isComplete = last >= 0 && (last === int32Max ? 0 : last + 1) === nextSequence
      if (isComplete) queue.isUnresolved = false
      else if (!this.#identity.isTransactional) this.#identity.bumpEpoch()
    }
    const { generation } = this.#identity
    if (this.#identity.isReady && queue.generation !== generation) queue.beginGeneration(generation)
  }

  /** When linger and back-off let the head of a queue go. */
  #readyAtMs(queue: PartitionQueue, nowMs: number): number {
    const { head } = queue
    if (head === undefined) return Infinity
    if (head.retryAtMs > nowMs || head.attempts > 0) return head.retryAtMs
    const isDue = head.isClosed || this.#owner.isUrgent || this.#owner.memory.isFull
    return isDue ? 0 : head.createdAtMs + this.#settings.lingerMs
  }

  #seal(batch: ProducerBatch): Buffer {
    if (this.#identity.isIdempotent) {
      batch.queue.assignSequence(batch, this.#identity.producerId, this.#identity.epoch)
    }
    const transactional = this.#identity.isTransactional
    const records = batch.builder.build(transactional ? { ...batch.sequence, transactional } : (batch.sequence ?? {}))
    if (batch.attempts === 1) this.#owner.sealed(batch, records.length)
    const { counters } = this.#owner
    counters.batches += 1
    counters.bytes += records.length
    if (batch.attempts > 1) counters.retries += 1
    return records
  }

  async #send(broker: Broker, sealed: readonly SealedBatch[]): Promise<void> {
    const { requiredAcks, requestTimeoutMs } = this.#settings
    const call = produceCall(sealed, this.#cluster, requiredAcks, requestTimeoutMs, this.#transactions())
    const options = { timeoutMs: requestTimeoutMs, minVersion: call.minVersion, maxVersion: call.maxVersion }
    this.#owner.counters.requests += 1
    broker.requestsInFlight += 1
    broker.servedAtMs = this.#environment.clock.monotonicMs()
    try {
      if (requiredAcks === 0) {
        await this.#cluster.sendWithoutResponse(broker.id, produce, call.request, options)
        for (const { batch } of sealed) this.#settle(batch, { kind: 'written', baseOffset: -1, logAppendTimeMs: -1 })
      } else {
        const response = await this.#cluster.send(broker.id, produce, call.request, options)
        for (const { batch } of sealed) this.#answered(batch, call.answerFor(batch, response), response)
      }
    } catch (error) {
      const outcome = outcomeWithoutAnswer(asError(error))
      for (const { batch } of sealed) this.#settle(batch, outcome)
    }
    broker.requestsInFlight -= 1
    this.wake()
  }

  #answered(
    batch: ProducerBatch,
    answer: ProduceResponse['responses'][number]['partitionResponses'][number] | undefined,
    response: ProduceResponse,
  ): void {
    const { topic, partition } = batch.queue
    if (answer === undefined) {
      const error = new Error(`The broker did not answer for partition ${partition} of topic ${topic}`)
      return this.#settle(batch, { kind: 'failed', error })
    }
    const outcome = outcomeOf(batch, answer)
    let knowsLeader = false
    if (answer.errorCode !== ErrorCode.NONE && answer.currentLeader.leaderId >= 0) {
      const { leaderId: leader, leaderEpoch } = answer.currentLeader
      const endpoints = response.nodeEndpoints.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack }))
      knowsLeader = this.#cluster.updateLeader(topic, partition, { leader, leaderEpoch }, endpoints)
    }
    this.#settle(batch, outcome, knowsLeader)
  }

  /** Does with a batch that was on the way what its outcome wants. */
  #settle(batch: ProducerBatch, outcome: BatchOutcome, knowsLeader = false): void {
    const { queue } = batch
    queue.removeInFlight(batch)
    if (outcome.kind === 'written' && batch.sequence !== undefined) queue.lastAcknowledgedSequence = batch.lastSequence
    if (batch.isDone) this.#owner.release(batch)
    else if (outcome.kind === 'retry' && this.#mayRetry(batch, outcome.afresh)) this.#retry(batch, outcome, knowsLeader)
    else if (outcome.kind === 'split' && this.#transactions()?.isFailing !== true) this.#split(batch)
    else this.#finish(batch, outcome)
    if (queue.waiting.length > 0) this.enqueue(queue, queue.head?.retryAtMs ?? 0)
    else if (queue.isEmpty) this.#busy.delete(queue)
  }

  #mayRetry(batch: ProducerBatch, afresh: boolean): boolean {
    const transactions = this.#transactions()
    // A new sequence needs a new epoch, which a transaction does not get before it is aborted.
    if (transactions !== undefined && (afresh || transactions.isFailing)) return false
    return !this.#isClosed && batch.attempts <= this.#settings.retries
  }

  #retry(batch: ProducerBatch, outcome: BatchOutcome & { readonly kind: 'retry' }, knowsLeader: boolean): void {
    const { queue } = batch
    const { clock, random, log } = this.#environment
    log.debug('A batch goes again', { topic: queue.topic, partition: queue.partition, reason: outcome.error.message })
    batch.lastFailure = outcome.error
    if (outcome.afresh) queue.needsNewGeneration = true
    const waitMs = knowsLeader ? 0 : backoffMs(this.#cluster.retryBackoff, batch.attempts, random)
    batch.retryAtMs = clock.monotonicMs() + waitMs
    queue.putBack([batch])
    if (outcome.refreshMetadata && !knowsLeader) this.#lookForLeaders(queue.topic)
  }

  #split(batch: ProducerBatch): void {
    this.#owner.counters.splits += 1
    batch.queue.putBack(this.#owner.split(batch))
  }

  #finish(batch: ProducerBatch, outcome: BatchOutcome): void {
    const { queue } = batch
    if (outcome.kind === 'written') this.#owner.finish(batch, null, outcome)
    else {
      // What comes after it on the way is out of order now.
      if (batch.sequence !== undefined) queue.needsNewGeneration = true
      this.#owner.finish(batch, outcome.error, outcome)
      this.#transactions()?.batchFailed(outcome.error, batch.sequence !== undefined)
    }
    this.#owner.release(batch)
  }

  #fetchIdentity(): void {
    if (this.#identity.isFetching) return
    this.#identity.fetch().then(
      () => this.wake(),
      (error: unknown) => {
        if (!this.#isClosed) for (const queue of this.#busy) this.#giveUp(queue, asError(error))
      },
    )
  }

  #giveUpWaiting(queue: PartitionQueue, error: Error): void {
    for (const batch of [...queue.waiting]) {
      queue.removeWaiting(batch)
      this.#finish(batch, { kind: 'failed', error })
    }
    if (queue.isEmpty) this.#busy.delete(queue)
  }

  #giveUp(queue: PartitionQueue, error: Error): void {
    this.#giveUpWaiting(queue, error)
    for (const batch of queue.inFlight) if (!batch.isDone) this.#owner.finish(batch, error, { kind: 'failed', error })
    if (queue.isEmpty) this.#busy.delete(queue)
  }

  #expire(nowMs: number): void {
    const { deliveryTimeoutMs } = this.#settings
    const oldestMs = nowMs - deliveryTimeoutMs
    this.#sweptAtMs = nowMs
    this.#expiresAtMs = Infinity
    for (const queue of this.#busy) {
      for (const batch of queue.inFlight) {
        if (batch.createdAtMs <= oldestMs && !batch.isDone) this.#expireBatch(batch)
      }
      for (const batch of [...queue.waiting]) {
        if (batch.createdAtMs > oldestMs) break
        queue.removeWaiting(batch)
        this.#expireBatch(batch)
        this.#owner.release(batch)
      }
      if (queue.isEmpty) this.#busy.delete(queue)
      // Batches that come later expire later than a sweep that is still to come.
      const oldest = queue.inFlight.find((batch) => !batch.isDone) ?? queue.head
      if (oldest !== undefined) this.#expiresAtMs = Math.min(this.#expiresAtMs, oldest.createdAtMs + deliveryTimeoutMs)
    }
  }

  #expireBatch(batch: ProducerBatch): void {
    const { topic, partition } = batch.queue
    const { deliveryTimeoutMs } = this.#settings
    const what = batch.attempts === 0 ? 'could not be sent' : 'got no acknowledgement (but may have been written)'
    const failure = batch.lastFailure ?? this.#cluster.lastFailure
    const why = failure === undefined ? 'raise delivery.timeout.ms if the brokers are slow' : failure.message
    const error = new OperationTimeoutError(
      `${batch.recordCount === 1 ? 'A record' : `${batch.recordCount} records`} for partition ${partition} of topic ${topic} ${what} within ${deliveryTimeoutMs} ms ` +
        `(delivery.timeout.ms): ${why}`,
      failure,
      'DELIVERY_TIMEOUT',
    )
    if (batch.sequence !== undefined) batch.queue.isUnresolved = true
    this.#owner.finish(batch, error, { kind: 'failed', error })
    this.#transactions()?.batchFailed(error, batch.sequence !== undefined)
  }

  /** Asks for metadata, again and again while a partition with records has no leader. */
  #lookForLeaders(outdatedTopic?: string): void {
    if (outdatedTopic !== undefined) this.#outdatedTopics.add(outdatedTopic)
    if (this.#isLookingForLeaders || this.#isClosed) return
    this.#isLookingForLeaders = true
    void this.#findLeaders()
      .catch(() => undefined) // closed
      .finally(() => {
        this.#isLookingForLeaders = false
        this.wake()
      })
  }

  async #findLeaders(): Promise<void> {
    const { timers, random } = this.#environment
    for (let attempt = 1; !this.#isClosed; attempt++) {
      const topics = new Set(this.#outdatedTopics)
      this.#outdatedTopics.clear()
      const leaderless = this.#broker(noBroker).queues
      for (const queue of leaderless) {
        // What was given up meanwhile needs no leader.
        if (queue.head === undefined) leaderless.delete(queue)
        else topics.add(queue.topic)
      }
      if (topics.size === 0) return
      await this.#cluster
        .topicMetadata([...topics], { allowAutoCreate: true, refresh: true })
        .catch((error: unknown) => {
          this.#environment.log.debug('Metadata could not be had', { error })
        })
      if (leaderless.size === 0 && this.#outdatedTopics.size === 0) return
      await delay(timers, backoffMs(this.#cluster.retryBackoff, attempt, random), this.#cluster.closing)
    }
  }
}
