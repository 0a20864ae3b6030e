import type { Api } from '@streamwright/protocol'
import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { addOffsetsToTxn } from '@streamwright/protocol/messages/add-offsets-to-txn'
import { addPartitionsToTxn } from '@streamwright/protocol/messages/add-partitions-to-txn'
import { endTxn } from '@streamwright/protocol/messages/end-txn'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { txnOffsetCommit } from '@streamwright/protocol/messages/txn-offset-commit'
import type { Environment } from '@streamwright/std'
import type { Cluster } from '../cluster/cluster.ts'
import type { CoordinatorKind } from '../cluster/coordinators.ts'
import { retrying } from '../cluster/retry.ts'
import type { RequestBody } from '../connection/connection.ts'
import type { GroupMetadata } from '../consumer/assignors/assignor.ts'
import type { OffsetToCommit } from '../consumer/offsets/group-offsets.ts'
import { coordinationBackoffMs } from '../limits.ts'
import type { SettingsOfTransactions } from './producer-transactions.ts'

/** The newest versions that clients send of what brokers send among themselves, and of the protocol before KIP-890. */
const addPartitionsVersionMax = 3
const classicOffsetCommitMax = 4
const classicEndMax = 4
/** The first versions of the protocol in which every transaction has an epoch of its own. */
const epochOffsetCommitMin = 5
const epochEndMin = 5

export interface ProducerIdAndEpoch {
  readonly producerId: number
  readonly epoch: number
}

/** Errors after which the coordinator is looked for again. */
const coordinatorGone: ReadonlySet<number> = new Set([
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.REQUEST_TIMED_OUT,
])

/** What a transactional producer asks its coordinators, again and again until it is answered or time is up. */
export class TransactionRequests {
  readonly #cluster: Cluster
  readonly #environment: Environment
  readonly #settings: SettingsOfTransactions

  constructor(cluster: Cluster, environment: Environment, settings: SettingsOfTransactions) {
    this.#cluster = cluster
    this.#environment = environment
    this.#settings = settings
  }

  /** Whether the cluster gives every transaction an epoch of its own (KIP-890). */
  async usesEpochs(timeoutMs: number): Promise<boolean> {
    const options = this.#retryOptions('Asking for the features of the cluster', timeoutMs)
    const levelOf = (remainingMs: number): Promise<number> =>
      this.#cluster.featureLevel('transaction.version', remainingMs)
    return (await retrying(this.#environment, options, levelOf)) >= 2
  }

  /** Becomes the producer of the transactional id, or gets another epoch as the one that it is. */
  async initProducerId(current: ProducerIdAndEpoch | undefined, timeoutMs: number): Promise<ProducerIdAndEpoch> {
    const { transactionalId, transactionTimeoutMs } = this.#settings
    const what = `Initializing the producer with transactional.id ${transactionalId}`
    return this.#ask(what, 'transaction', transactionalId, timeoutMs, async (coordinator, remainingMs) => {
      const response = await this.#send(
        coordinator,
        initProducerId,
        remainingMs,
        current === undefined ? {} : { minVersion: 3 },
        (version) => ({
          transactionalId,
          transactionTimeoutMs,
          ...(version >= 3 && {
            producerId: BigInt(current?.producerId ?? -1),
            producerEpoch: current?.epoch ?? -1,
          }),
        }),
      )
      check(response.errorCode, what)
      return { producerId: Number(response.producerId), epoch: response.producerEpoch }
    })
  }

  /** Makes partitions part of the transaction. Only in the protocol before KIP-890. */
  addPartitions(
    partitions: ReadonlyMap<string, readonly number[]>,
    { producerId, epoch }: ProducerIdAndEpoch,
    timeoutMs: number,
  ): Promise<void> {
    const { transactionalId } = this.#settings
    const what = `Adding partitions to the transaction of ${transactionalId}`
    return this.#ask(what, 'transaction', transactionalId, timeoutMs, async (coordinator, remainingMs) => {
      const response = await this.#send(
        coordinator,
        addPartitionsToTxn,
        remainingMs,
        { maxVersion: addPartitionsVersionMax },
        {
          v3AndBelowTransactionalId: transactionalId,
          v3AndBelowProducerId: BigInt(producerId),
          v3AndBelowProducerEpoch: epoch,
          v3AndBelowTopics: Array.from(partitions, ([name, indexes]) => ({ name, partitions: indexes })),
        },
      )
      const errors = response.resultsByTopicV3AndBelow.flatMap(({ name, resultsByPartition }) =>
        resultsByPartition.flatMap(({ partitionIndex, partitionErrorCode: code }) =>
          code === ErrorCode.NONE ? [] : [kafkaError(code, `${what}: ${name}-${partitionIndex}`)],
        ),
      )
      throwWorst(errors.filter(({ errorCode }) => errorCode !== ErrorCode.OPERATION_NOT_ATTEMPTED))
    })
  }

  /** Commits offsets of a group as part of the transaction. */
  async commitOffsets(
    offsets: readonly OffsetToCommit[],
    group: GroupMetadata,
    producer: ProducerIdAndEpoch,
    usesEpochs: boolean,
    timeoutMs: number,
  ): Promise<void> {
    if (!usesEpochs) await this.#addOffsets(group.groupId, producer, timeoutMs)
    const what = `Committing offsets of group ${group.groupId} in the transaction of ${this.#settings.transactionalId}`
    await this.#ask(what, 'group', group.groupId, timeoutMs, async (coordinator, remainingMs) => {
      const bounds = usesEpochs ? { minVersion: epochOffsetCommitMin } : { maxVersion: classicOffsetCommitMax }
      const response = await this.#send(coordinator, txnOffsetCommit, remainingMs, bounds, (version) => ({
        transactionalId: this.#settings.transactionalId,
        groupId: group.groupId,
        producerId: BigInt(producer.producerId),
        producerEpoch: producer.epoch,
        ...(version >= 3 && {
          generationId: group.generationId,
          memberId: group.memberId,
          groupInstanceId: group.groupInstanceId,
        }),
        topics: Array.from(
          Map.groupBy(offsets, ({ topic }) => topic),
          ([name, partitions]) => ({
            name,
            partitions: partitions.map(({ partition, offset, leaderEpoch, metadata }) => ({
              partitionIndex: partition,
              committedOffset: BigInt(offset),
              ...(version >= 2 && { committedLeaderEpoch: leaderEpoch ?? -1 }),
              committedMetadata: metadata ?? '',
            })),
          }),
        ),
      }))
      throwWorst(
        response.topics.flatMap(({ name, partitions }) =>
          partitions.flatMap(({ partitionIndex, errorCode }) =>
            errorCode === ErrorCode.NONE ? [] : [kafkaError(errorCode, `${what}: ${name}-${partitionIndex}`)],
          ),
        ),
      )
    })
  }

  async #addOffsets(groupId: string, { producerId, epoch }: ProducerIdAndEpoch, timeoutMs: number): Promise<void> {
    const { transactionalId } = this.#settings
    const what = `Adding group ${groupId} to the transaction of ${transactionalId}`
    await this.#ask(what, 'transaction', transactionalId, timeoutMs, async (coordinator, remainingMs) => {
      const body = { transactionalId, producerId: BigInt(producerId), producerEpoch: epoch, groupId }
      check((await this.#send(coordinator, addOffsetsToTxn, remainingMs, {}, body)).errorCode, what)
    })
  }

  /** Ends the transaction. Resolves with who the producer is from now on. */
  end(
    outcome: 'commit' | 'abort',
    producer: ProducerIdAndEpoch,
    usesEpochs: boolean,
    timeoutMs: number,
  ): Promise<ProducerIdAndEpoch> {
    const { transactionalId } = this.#settings
    const what = `${outcome === 'commit' ? 'Committing' : 'Aborting'} the transaction of ${transactionalId}`
    return this.#ask(what, 'transaction', transactionalId, timeoutMs, async (coordinator, remainingMs) => {
      const bounds = usesEpochs ? { minVersion: epochEndMin } : { maxVersion: classicEndMax }
      const response = await this.#send(coordinator, endTxn, remainingMs, bounds, {
        transactionalId,
        producerId: BigInt(producer.producerId),
        producerEpoch: producer.epoch,
        committed: outcome === 'commit',
      })
      check(response.errorCode, what)
      return response.producerId < 0n
        ? producer
        : { producerId: Number(response.producerId), epoch: response.producerEpoch }
    })
  }

  #send<Request, Response>(
    coordinator: number,
    api: Api<Request, Response>,
    timeoutMs: number,
    bounds: { readonly minVersion?: number; readonly maxVersion?: number },
    body: RequestBody<Request>,
  ): Promise<Response> {
    // Not behind the records that are on the way to the same broker.
    return this.#cluster.send(coordinator, api, body, { ...bounds, timeoutMs, lane: 'group' })
  }

  #ask<T>(
    what: string,
    kind: CoordinatorKind,
    key: string,
    timeoutMs: number,
    attempt: (coordinator: number, remainingMs: number) => Promise<T>,
  ): Promise<T> {
    const beforeRetry = (error: unknown): void => {
      const isGone = !(error instanceof KafkaError) || coordinatorGone.has(error.errorCode)
      if (isGone) this.#cluster.invalidateCoordinator(kind, key)
    }
    return retrying(this.#environment, { ...this.#retryOptions(what, timeoutMs), beforeRetry }, async (remainingMs) => {
      const { requestTimeoutMs } = this.#cluster.settings
      const tryMs = Math.max(1, Math.min(remainingMs, requestTimeoutMs))
      return attempt(await this.#cluster.coordinator(kind, key, { timeoutMs: tryMs }), tryMs)
    })
  }

  #retryOptions(what: string, timeoutMs: number): Parameters<typeof retrying>[1] {
    const { initialMs, maxMs } = this.#cluster.retryBackoff
    return {
      what,
      deadlineMs: this.#environment.clock.monotonicMs() + timeoutMs,
      // What a producer meets most is the end of its own last transaction, which is near.
      backoff: { initialMs: Math.min(initialMs, coordinationBackoffMs), maxMs },
      signal: this.#cluster.closing,
    }
  }
}

function check(errorCode: number, what: string): void {
  if (errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, what)
}

/** One that cannot be tried again, where there is such a one. */
function throwWorst(errors: readonly KafkaError[]): void {
  const worst = errors.find(({ retriable }) => !retriable) ?? errors[0]
  if (worst !== undefined) throw worst
}
