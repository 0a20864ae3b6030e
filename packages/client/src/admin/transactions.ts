import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { describeProducers } from '@streamwright/protocol/messages/describe-producers'
import { describeTransactions } from '@streamwright/protocol/messages/describe-transactions'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { listTransactions } from '@streamwright/protocol/messages/list-transactions'
import { writeTxnMarkers } from '@streamwright/protocol/messages/write-txn-markers'
import type { TopicPartition } from '../consumer/topic-partition.ts'
import { partitionKey } from '../consumer/topic-partition.ts'
import { isRetriable } from '../errors.ts'
import type { AdminCalls, AdminOptions, Outcomes } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'

/** A transactional id in a list. */
export interface TransactionListing {
  readonly transactionalId: string
  readonly producerId: number
  /** Such as `Ongoing` or `CompleteCommit`. */
  readonly state: string
}

export interface ListTransactionsOptions extends AdminOptions {
  /** Only those in one of these states. */
  readonly states?: readonly string[]
  /** Only those of these producers. */
  readonly producerIds?: readonly number[]
  /** Only those that have been open for longer, in milliseconds. From Kafka 3.8 on. */
  readonly durationMs?: number
  /** Only ids that this regular expression of RE2 fits as a whole. From Kafka 4.1 on. */
  readonly transactionalIdPattern?: string
}

/** What the coordinator knows of a transactional id. */
export interface TransactionDescription {
  /** The broker id of its coordinator. */
  readonly coordinator: number
  readonly state: string
  readonly producerId: number
  readonly producerEpoch: number
  readonly timeoutMs: number
  /** Milliseconds since 1970; −1 when there is no transaction. */
  readonly startMs: number
  /** The partitions of the transaction that is open. */
  readonly partitions: readonly TopicPartition[]
}

/** A producer that has written to a partition lately. */
export interface ProducerDescription {
  readonly producerId: number
  readonly producerEpoch: number
  readonly lastSequence: number
  /** Milliseconds since 1970, of its last record. */
  readonly lastTimestamp: number
  readonly coordinatorEpoch: number
  /** First offset of its open transaction; −1: none. */
  readonly currentTransactionStartOffset: number
}

/** A transaction to be aborted in one partition. `startOffset`: as {@link ProducerDescription} has it. */
export interface TransactionToAbort extends TopicPartition {
  readonly producerId: number
  readonly producerEpoch: number
  /** −1, from a producer that was never told of a coordinator, stands for 0. */
  readonly coordinatorEpoch: number
}

/** Each broker knows the transactions that it coordinates. */
export function listAllTransactions(
  calls: AdminCalls,
  options: ListTransactionsOptions,
): Promise<TransactionListing[]> {
  const { states = [], producerIds = [], durationMs, transactionalIdPattern } = options
  const minVersion = transactionalIdPattern !== undefined ? 2 : durationMs !== undefined ? 1 : 0
  return calls.whole('Listing transactions', options, async (timeoutMs) => {
    await calls.cluster.refresh({ timeoutMs })
    const lists = await Promise.all(
      calls.cluster.brokers.map(async ({ id }) => {
        const response = await calls.cluster.send(
          id,
          listTransactions,
          (version) => ({
            stateFilters: states,
            producerIdFilters: producerIds.map(BigInt),
            ...(version >= 1 ? { durationFilter: BigInt(durationMs ?? -1) } : {}),
            ...(version >= 2 ? { transactionalIdPattern: transactionalIdPattern ?? null } : {}),
          }),
          { timeoutMs, minVersion },
        )
        if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Listing transactions')
        return response.transactionStates
      }),
    )
    return lists.flat().map(({ transactionalId, producerId, transactionState }) => ({
      transactionalId,
      producerId: Number(producerId),
      state: transactionState,
    }))
  })
}

/** By transactional id. */
export function describeNamedTransactions(
  calls: AdminCalls,
  transactionalIds: readonly string[],
  options: AdminOptions,
): Promise<Map<string, TransactionDescription>> {
  return calls.each<TransactionDescription>('Describing transactions', transactionalIds, options, (ids, timeoutMs) =>
    atCoordinators(calls, ids, timeoutMs, async (id, coordinator) => {
      const request = { transactionalIds: [id] }
      const { transactionStates } = await calls.cluster.send(coordinator, describeTransactions, request, { timeoutMs })
      const [state] = transactionStates
      if (state === undefined) return kafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, id)
      const description = {
        coordinator,
        state: state.transactionState,
        producerId: Number(state.producerId),
        producerEpoch: state.producerEpoch,
        timeoutMs: state.transactionTimeoutMs,
        startMs: Number(state.transactionStartTimeMs),
        partitions: state.topics.flatMap(({ topic, partitions }) =>
          partitions.map((partition) => ({ topic, partition })),
        ),
      }
      return outcome(description, state.errorCode, `transactional id ${id}`)
    }),
  )
}

/** Makes sure that no producer with one of these ids goes on: what is open is aborted, and the epoch is raised. */
export async function fenceNamedProducers(
  calls: AdminCalls,
  transactionalIds: readonly string[],
  options: AdminOptions,
): Promise<void> {
  await calls.each<true>('Fencing producers', transactionalIds, options, (ids, timeoutMs) =>
    atCoordinators(calls, ids, timeoutMs, async (transactionalId, coordinator) => {
      // The time-out that stays with the id is the one that Java's client leaves there.
      const request = {
        transactionalId,
        transactionTimeoutMs: calls.cluster.settings.requestTimeoutMs,
        producerId: -1n,
        producerEpoch: -1,
      }
      const { errorCode } = await calls.cluster.send(coordinator, initProducerId, request, { timeoutMs, minVersion: 3 })
      return outcome<true>(true, errorCode, `transactional id ${transactionalId}`)
    }),
  )
}

async function atCoordinators<V>(
  calls: AdminCalls,
  ids: readonly string[],
  timeoutMs: number,
  ask: (id: string, coordinator: number) => Promise<V | KafkaError>,
): Promise<Outcomes<V>> {
  const { cluster } = calls
  const answers = ids.map(async (id): Promise<[string, V | KafkaError]> => {
    try {
      const answer = await ask(id, await cluster.coordinator('transaction', id, { timeoutMs }))
      if (answer instanceof KafkaError && answer.retriable) cluster.invalidateCoordinator('transaction', id)
      return [id, answer]
    } catch (error) {
      if (isRetriable(error)) cluster.invalidateCoordinator('transaction', id)
      throw error
    }
  })
  return new Map(await Promise.all(answers))
}

/** By `topic-partition`. */
export function describeProducersOf(
  calls: AdminCalls,
  partitions: readonly TopicPartition[],
  options: AdminOptions,
): Promise<Map<string, ProducerDescription[]>> {
  const places = new Map(partitions.map((place) => [partitionKey(place.topic, place.partition), place]))
  return calls.atLeaders('Describing producers', places, options, async (leader, own, timeoutMs) => {
    const topics = Array.from(
      Map.groupBy(own.values(), ({ topic }) => topic),
      ([name, each]) => ({ name, partitionIndexes: each.map(({ partition }) => partition) }),
    )
    const response = await calls.cluster.send(leader, describeProducers, { topics }, { timeoutMs })
    const outcomes: Outcomes<ProducerDescription[]> = new Map()
    for (const { name, partitions: answers } of response.topics) {
      for (const { partitionIndex, errorCode, errorMessage, activeProducers } of answers) {
        const key = partitionKey(name, partitionIndex)
        const producers = activeProducers.map((producer) => ({
          producerId: Number(producer.producerId),
          producerEpoch: producer.producerEpoch,
          lastSequence: producer.lastSequence,
          lastTimestamp: Number(producer.lastTimestamp),
          coordinatorEpoch: producer.coordinatorEpoch,
          currentTransactionStartOffset: Number(producer.currentTxnStartOffset),
        }))
        outcomes.set(key, outcome(producers, errorCode, key, errorMessage))
      }
    }
    return outcomes
  })
}

/** Ends, in one partition, a transaction that its coordinator knows nothing of. */
export async function abortHangingTransaction(
  calls: AdminCalls,
  { topic, partition, producerId, producerEpoch, coordinatorEpoch }: TransactionToAbort,
  options: AdminOptions,
): Promise<void> {
  const key = partitionKey(topic, partition)
  const places = new Map([[key, { topic, partition }]])
  await calls.atLeaders<{ topic: string; partition: number }, true>(
    'Aborting a transaction',
    places,
    options,
    async (leader, _own, timeoutMs) => {
      const marker = {
        producerId: BigInt(producerId),
        producerEpoch,
        coordinatorEpoch: Math.max(coordinatorEpoch, 0),
        transactionResult: false,
        topics: [{ name: topic, partitionIndexes: [partition] }],
      }
      const { markers } = await calls.cluster.send(leader, writeTxnMarkers, { markers: [marker] }, { timeoutMs })
      const errorCode = markers[0]?.topics[0]?.partitions[0]?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR
      return new Map([[key, outcome<true>(true, errorCode, key)]])
    },
  )
}
