import { ErrorCode, KafkaError } from '@streamwright/protocol'
import type { Timer } from '@streamwright/std'
import { asError, int32Max } from '@streamwright/std'
import { markerRetryMs } from '../limits.ts'
import { transactionsTopicName } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'
import type { EndWish } from './end-decision.ts'
import { decideEnd, outcomeOf } from './end-decision.ts'
import { TransactionLog } from './transaction-log.ts'
import { writeMarker } from './transaction-markers.ts'
import type { TransactionMetadata, TransactionPartitions } from './transaction-metadata.ts'
import {
  TransactionVersion,
  completed,
  hasPartitions,
  isEpochExhausted,
  newTransaction,
  prepared,
  withNextEpoch,
  withPartitions,
  withProducerId,
} from './transaction-metadata.ts'
import { transactionRecord, transactionTombstone } from './transaction-records.ts'

/** Who a producer says to be. */
export interface ProducerIdAndEpoch {
  readonly producerId: number
  readonly producerEpoch: number
}

/** An InitProducerId with a transactional id. */
export interface InitWish {
  readonly transactionalId: string
  readonly timeoutMs: number
  /** What the producer had until now. */
  readonly expected: ProducerIdAndEpoch | undefined
}

/** The answer: who the producer is from now on, or why not. */
export type IdentityAnswer = ({ readonly errorCode: 0 } & ProducerIdAndEpoch) | { readonly errorCode: number }

/** What a partition that is being written to wants to know: 0, or why the transaction does not have it. */
export type Admission = { readonly errorCode: number; readonly written?: Promise<void> }

/**
 * All transactions of this broker: in memory, and in `__transaction_state`. Every step is written before anything that
 * follows from it: a partition belongs to its transaction before it has its first record, the decision is in the log
 * before the first marker. So whatever a crash interrupts is taken up again at the next start.
 */
export class TransactionCoordinator {
  readonly #services: BrokerServices
  readonly #log: TransactionLog
  readonly #transactions: Map<string, TransactionMetadata>
  readonly #timers = new Set<Timer>()
  readonly #stopListening: () => void
  #isClosed = false

  private constructor(services: BrokerServices) {
    this.#services = services
    this.#log = new TransactionLog(services)
    this.#transactions = this.#log.load()
    this.#stopListening = services.topics.onDeletion((topic) => {
      if (topic.name === transactionsTopicName) this.#transactions.clear()
    })
  }

  /** Reads what `__transaction_state` holds, ends what was decided, and starts the clocks. */
  static async load(services: BrokerServices): Promise<TransactionCoordinator> {
    const coordinator = new TransactionCoordinator(services)
    const decided = [...coordinator.all()].filter(({ state }) => state === 'PrepareCommit' || state === 'PrepareAbort')
    services.environment.log.info('Transactions are loaded', {
      transactionalIds: coordinator.#transactions.size,
      decided: decided.length,
    })
    await Promise.all(decided.map((metadata) => coordinator.#finish(metadata)))
    const { settings } = services
    coordinator.#every(settings.transactionAbortTimedOutTransactionCleanupIntervalMs, () => coordinator.abortTimedOut())
    coordinator.#every(settings.transactionRemoveExpiredTransactionCleanupIntervalMs, () => coordinator.expireIds())
    return coordinator
  }

  close(): void {
    this.#isClosed = true
    this.#stopListening()
    for (const timer of this.#timers) timer.cancel()
  }

  get(transactionalId: string): TransactionMetadata | undefined {
    return this.#transactions.get(transactionalId)
  }

  all(): IterableIterator<TransactionMetadata> {
    return this.#transactions.values()
  }

  /**
   * A producer begins: every other one with its transactional id is fenced from now on. One that left a transaction
   * open has it aborted first; the answer is CONCURRENT_TRANSACTIONS then, and the producer asks again.
   */
  async init(wish: InitWish): Promise<IdentityAnswer> {
    const { transactionalId, timeoutMs, expected } = wish
    const known = this.#transactions.get(transactionalId)
    const needsProducerId = known === undefined || isEpochExhausted(known.producerEpoch)
    // Before anything is looked at: others may come in between.
    const freshProducerId = needsProducerId ? await this.#services.producerIds.allocate() : -1
    const nowMs = this.#nowMs()
    const metadata =
      this.#transactions.get(transactionalId) ?? newTransaction(transactionalId, freshProducerId, timeoutMs, nowMs)
    if (expected !== undefined && !isPlausible(metadata, expected)) return failed(ErrorCode.PRODUCER_FENCED)
    if (metadata.state === 'PrepareCommit' || metadata.state === 'PrepareAbort') {
      return failed(ErrorCode.CONCURRENT_TRANSACTIONS)
    }
    if (metadata.state === 'Ongoing') {
      const errorCode = await this.#abort(metadata)
      return failed(errorCode === ErrorCode.NONE ? ErrorCode.CONCURRENT_TRANSACTIONS : errorCode)
    }
    const rotates =
      isEpochExhausted(metadata.producerEpoch) &&
      (expected === undefined || expected.producerEpoch === metadata.producerEpoch)
    if (rotates && freshProducerId < 0) return failed(ErrorCode.CONCURRENT_TRANSACTIONS)
    const next = rotates
      ? withProducerId(metadata, freshProducerId, timeoutMs, nowMs, expected !== undefined)
      : withNextEpoch(metadata, timeoutMs, nowMs, expected?.producerEpoch)
    if (next === undefined) return failed(ErrorCode.PRODUCER_FENCED)
    const errorCode = await this.#move(next)
    return errorCode === ErrorCode.NONE ? identityOf(next) : failed(errorCode)
  }

  /** Partitions become part of the producer's transaction, which begins with the first. */
  addPartitions(
    transactionalId: string,
    { producerId, producerEpoch }: ProducerIdAndEpoch,
    partitions: TransactionPartitions,
    clientVersion: number,
  ): Admission {
    if (transactionalId === '') return { errorCode: ErrorCode.INVALID_REQUEST }
    const metadata = this.#transactions.get(transactionalId)
    const errorCode = memberError(metadata, producerId, producerEpoch)
    if (errorCode !== ErrorCode.NONE || metadata === undefined) return { errorCode }
    if (metadata.state === 'Ongoing' && hasPartitions(metadata, partitions)) return { errorCode: ErrorCode.NONE }
    const next = withPartitions(metadata, partitions, this.#nowMs(), clientVersion)
    try {
      return { errorCode: ErrorCode.NONE, written: this.#write(next) }
    } catch (error) {
      return { errorCode: this.#storageError(next, error) }
    }
  }

  /** The same, when the answer may be given: it will last. */
  async addPartitionsDurably(
    transactionalId: string,
    producer: ProducerIdAndEpoch,
    partitions: TransactionPartitions,
    clientVersion: number,
  ): Promise<number> {
    const { errorCode, written } = this.addPartitions(transactionalId, producer, partitions, clientVersion)
    try {
      await written
      return errorCode
    } catch (error) {
      return this.#storageError({ transactionalId }, error)
    }
  }

  /** Whether a partition is part of the producer's transaction; where it is not, TRANSACTION_ABORTABLE. */
  verifyPartition(
    transactionalId: string,
    { producerId, producerEpoch }: ProducerIdAndEpoch,
    topic: string,
    partition: number,
  ): number {
    if (transactionalId === '') return ErrorCode.INVALID_REQUEST
    const metadata = this.#transactions.get(transactionalId)
    const errorCode = memberError(metadata, producerId, producerEpoch)
    if (errorCode !== ErrorCode.NONE) return errorCode
    const isMember = metadata?.partitions.get(topic)?.has(partition) === true
    return isMember ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE
  }

  /**
   * Commits or aborts. The decision is durable when it resolves, and usually all markers are written, too; otherwise
   * they are tried again until they are.
   */
  async end(transactionalId: string, wish: EndWish): Promise<IdentityAnswer> {
    if (transactionalId === '') return failed(ErrorCode.INVALID_REQUEST)
    const known = this.#transactions.get(transactionalId)
    const needsProducerId =
      known !== undefined &&
      wish.clientVersion >= TransactionVersion.epochPerTransaction &&
      isEpochExhausted(known.producerEpoch)
    const nextProducerId = needsProducerId ? await this.#services.producerIds.allocate() : -1
    const metadata = this.#transactions.get(transactionalId)
    if (metadata === undefined) return failed(ErrorCode.INVALID_PRODUCER_ID_MAPPING)
    const decision = decideEnd(metadata, wish)
    if (decision === ErrorCode.NONE) return identityOf(metadata)
    if (decision !== 'end') return failed(decision)
    const next = prepared(metadata, wish.outcome, this.#nowMs(), wish.clientVersion, nextProducerId)
    const errorCode = await this.#decide(next)
    return errorCode === ErrorCode.NONE ? identityOf(completed(next, next.lastUpdateMs)) : failed(errorCode)
  }

  /** Transactions that are open for longer than their producers have asked for. */
  abortTimedOut(): void {
    const nowMs = this.#nowMs()
    for (const metadata of this.#transactions.values()) {
      if (metadata.state !== 'Ongoing' || metadata.startMs + metadata.timeoutMs >= nowMs) continue
      this.#services.environment.log.info('A transaction has taken longer than transaction.timeout.ms and is aborted', {
        transactionalId: metadata.transactionalId,
        timeoutMs: metadata.timeoutMs,
      })
      this.#abort(metadata).catch((error: unknown) => this.#storageError(metadata, error))
    }
  }

  /** Forgets transactional ids that were not used for `transactional.id.expiration.ms`. */
  expireIds(): void {
    const oldestMs = this.#nowMs() - this.#services.settings.transactionalIdExpirationMs
    for (const metadata of this.#transactions.values()) {
      const isIdle = ['Empty', 'CompleteCommit', 'CompleteAbort'].includes(metadata.state)
      if (!isIdle || metadata.lastUpdateMs > oldestMs) continue
      const { transactionalId } = metadata
      try {
        this.#log.append(transactionalId, [transactionTombstone(transactionalId)]).catch(() => {})
        this.#transactions.delete(transactionalId)
      } catch (error) {
        this.#storageError(metadata, error)
      }
    }
  }

  /** As nobody but the coordinator does it: under a new epoch, so that the producer finds itself fenced. */
  async #abort(ongoing: TransactionMetadata): Promise<number> {
    const rotates = isEpochExhausted(ongoing.producerEpoch)
    const nextProducerId = rotates ? await this.#services.producerIds.allocate() : -1
    const metadata = this.#transactions.get(ongoing.transactionalId)
    if (metadata !== ongoing) return ErrorCode.CONCURRENT_TRANSACTIONS
    const { epochPerTransaction } = TransactionVersion
    return this.#decide(prepared(metadata, 'abort', this.#nowMs(), epochPerTransaction, nextProducerId))
  }

  async #decide(next: TransactionMetadata): Promise<number> {
    const errorCode = await this.#move(next)
    if (errorCode === ErrorCode.NONE) await this.#finish(next)
    return errorCode
  }

  /** Writes the markers that are missing, then that nothing is missing. What fails is tried again later. */
  async #finish(decided: TransactionMetadata, missing: TransactionPartitions = decided.partitions): Promise<void> {
    const left = await this.#writeMarkers(decided, missing)
    if (this.#isClosed || this.#transactions.get(decided.transactionalId) !== decided) return
    const isComplete = left.size === 0 && (await this.#move(completed(decided, this.#nowMs()))) === ErrorCode.NONE
    if (isComplete) return
    const again = (): void => {
      this.#timers.delete(timer)
      void this.#finish(decided, left)
    }
    const timer = this.#services.environment.timers.after(markerRetryMs, again, { background: true })
    this.#timers.add(timer)
  }

  /** Returns the partitions that have not got theirs. */
  async #writeMarkers(decided: TransactionMetadata, missing: TransactionPartitions): Promise<TransactionPartitions> {
    const marker = {
      producerId: decided.producerId,
      producerEpoch: decided.producerEpoch,
      coordinatorEpoch: this.#log.coordinatorEpochOf(decided.transactionalId),
      outcome: outcomeOf(decided),
      transactionVersion: decided.clientVersion,
    }
    const places = [...missing].flatMap(([topic, indexes]) => [...indexes].map((index) => ({ topic, index })))
    const left = new Map<string, Set<number>>()
    const write = async (topic: string, index: number): Promise<void> => {
      // There is no other coordinator: whatever epoch the partition has seen, it was one of this broker's.
      const known = this.#services.topics.get(topic)?.partition(index)?.existingLog?.producer(decided.producerId)
      const coordinatorEpoch = Math.max(marker.coordinatorEpoch, known?.coordinatorEpoch ?? -1)
      const errorCode = await writeMarker(this.#services, { ...marker, coordinatorEpoch }, topic, index)
      if (errorCode !== ErrorCode.KAFKA_STORAGE_ERROR) {
        if (errorCode !== ErrorCode.NONE) this.#warnOfMarker(decided, topic, index, errorCode)
        return
      }
      left.set(topic, (left.get(topic) ?? new Set()).add(index))
    }
    await Promise.all(places.map(({ topic, index }) => write(topic, index)))
    return left
  }

  /** The partition was deleted, or knows of a later transaction: nothing of this one can be open in it. */
  #warnOfMarker({ transactionalId }: TransactionMetadata, topic: string, partition: number, errorCode: number): void {
    const about = { transactionalId, topic, partition, errorCode }
    this.#services.environment.log.info(
      'A partition did not take the end of a transaction, and needs it no more',
      about,
    )
  }

  async #move(next: TransactionMetadata): Promise<number> {
    try {
      await this.#write(next)
      return ErrorCode.NONE
    } catch (error) {
      return this.#storageError(next, error)
    }
  }

  /** The step is made when it returns; it may be acknowledged when it resolves. Throws without having made it. */
  #write(next: TransactionMetadata): Promise<void> {
    const written = this.#log.append(next.transactionalId, [transactionRecord(next)])
    this.#transactions.set(next.transactionalId, next)
    written.catch(() => {})
    return written
  }

  #storageError({ transactionalId }: Pick<TransactionMetadata, 'transactionalId'>, error: unknown): number {
    this.#services.environment.log.warn('A step of a transaction could not be written', {
      transactionalId,
      error: asError(error),
    })
    return error instanceof KafkaError ? ErrorCode.NOT_COORDINATOR : ErrorCode.UNKNOWN_SERVER_ERROR
  }

  #every(intervalMs: number, action: () => void): void {
    const { timers } = this.#services.environment
    this.#timers.add(timers.every(Math.min(intervalMs, int32Max), action, { background: true }))
  }

  #nowMs(): number {
    return this.#services.environment.clock.wallMs()
  }
}

function failed(errorCode: number): IdentityAnswer {
  return { errorCode }
}

function identityOf({ producerId, producerEpoch }: TransactionMetadata): IdentityAnswer {
  return { errorCode: ErrorCode.NONE, producerId, producerEpoch }
}

/** Whether a producer that says who it was could be the one that has the transactional id. */
function isPlausible(metadata: TransactionMetadata, expected: ProducerIdAndEpoch): boolean {
  return (
    metadata.producerEpoch < 0 ||
    metadata.producerId === expected.producerId ||
    (metadata.previousProducerId === expected.producerId && isEpochExhausted(expected.producerEpoch))
  )
}

/** Whether the producer may add to its transaction now. */
function memberError(metadata: TransactionMetadata | undefined, producerId: number, producerEpoch: number): number {
  if (metadata?.producerId !== producerId) return ErrorCode.INVALID_PRODUCER_ID_MAPPING
  if (metadata.producerEpoch !== producerEpoch) return ErrorCode.PRODUCER_FENCED
  if (metadata.state === 'PrepareCommit' || metadata.state === 'PrepareAbort') return ErrorCode.CONCURRENT_TRANSACTIONS
  return ErrorCode.NONE
}
