import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { asError, delay, present } from '@streamwright/std'
import type { WaitOptions } from '../abortable.ts'
import { abortable } from '../abortable.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { retrying } from '../cluster/retry.ts'
import { backoffMs } from '../connection/backoff.ts'
import { isRetriable, OperationTimeoutError } from '../errors.ts'
import { unknownTopicPatienceMs } from '../limits.ts'
import { AdminError } from './admin-error.ts'
import { OperationCounts } from './admin-metrics.ts'

/** What every operation takes. */
export interface AdminOptions extends WaitOptions {
  /** For the operation with all its retries. Default: `default.api.timeout.ms`. */
  readonly timeoutMs?: number
}

/** For each item what came of it: a value, or an error. */
export type Outcomes<V> = Map<string, V | KafkaError>

const moved: ReadonlySet<number> = new Set([ErrorCode.NOT_COORDINATOR, ErrorCode.COORDINATOR_NOT_AVAILABLE])

/** How operations reach the right broker, and try again. */
export class AdminCalls {
  readonly cluster: Cluster
  readonly environment: Environment
  readonly counts: OperationCounts
  readonly #defaultTimeoutMs: number

  constructor(cluster: Cluster, environment: Environment, defaultTimeoutMs: number) {
    this.cluster = cluster
    this.environment = environment
    this.counts = new OperationCounts(environment.clock)
    this.#defaultTimeoutMs = defaultTimeoutMs
  }

  deadlineMs(options: AdminOptions): number {
    return this.environment.clock.monotonicMs() + (options.timeoutMs ?? this.#defaultTimeoutMs)
  }

  /** One operation as a whole, tried again after failures that may pass. */
  whole<T>(what: string, options: AdminOptions, attempt: (remainingMs: number) => Promise<T>): Promise<T> {
    const { cluster, environment } = this
    const work = (): Promise<T> =>
      retrying(
        environment,
        {
          what,
          deadlineMs: this.deadlineMs(options),
          backoff: cluster.retryBackoff,
          signal: cluster.closing,
          beforeRetry: (error) => this.#learn(error),
        },
        (remainingMs) => attempt(Math.min(remainingMs, cluster.settings.requestTimeoutMs)),
      )
    return this.counts.count(what, () => abortable(options, work))
  }

  /** An operation on a group at its coordinator. */
  atCoordinator<T>(
    what: string,
    groupId: string,
    options: AdminOptions,
    attempt: (coordinator: number, remainingMs: number) => Promise<T>,
  ): Promise<T> {
    const { cluster } = this
    return this.whole(`${what} of group ${groupId}`, options, async (remainingMs) => {
      const coordinator = await cluster.coordinator('group', groupId, { timeoutMs: remainingMs })
      try {
        return await attempt(coordinator, remainingMs)
      } catch (error) {
        const hasMoved = error instanceof KafkaError ? moved.has(error.errorCode) : isRetriable(error)
        if (hasMoved) cluster.invalidateCoordinator('group', groupId)
        throw error
      }
    })
  }

  /**
   * An operation on several items, of which those are tried again whose error may pass. `attempt` gets the keys that are
   * open. Rejects with {@link AdminError} if any failed for good, else resolves with all values. A topic that does not
   * exist is a failure for good after `unknownTopicsForMs`: it may have been created just now.
   */
  each<V>(
    what: string,
    keys: readonly string[],
    options: AdminOptions,
    attempt: (keys: readonly string[], remainingMs: number) => Promise<Outcomes<V>>,
    unknownTopicsForMs = 0,
  ): Promise<Map<string, V>> {
    const work = (): Promise<Map<string, V>> => this.#untilAllAreDone(what, keys, options, attempt, unknownTopicsForMs)
    return this.counts.count(what, () => abortable(options, work))
  }

  async #untilAllAreDone<V>(
    what: string,
    keys: readonly string[],
    options: AdminOptions,
    attempt: (keys: readonly string[], remainingMs: number) => Promise<Outcomes<V>>,
    unknownTopicsForMs: number,
  ): Promise<Map<string, V>> {
    const { cluster, environment } = this
    const { clock, random, timers } = environment
    const startMs = clock.monotonicMs()
    const deadlineMs = this.deadlineMs(options)
    const outcomes: Outcomes<V> = new Map()
    for (let open = [...new Set(keys)], failures = 1; open.length > 0; failures++) {
      const remainingMs = deadlineMs - clock.monotonicMs()
      let failure: unknown
      try {
        const answers = await attempt(open, Math.min(Math.max(remainingMs, 1), cluster.settings.requestTimeoutMs))
        for (const key of open) outcomes.set(key, answers.get(key) ?? leftOut(key))
      } catch (error) {
        if (!isRetriable(error)) throw error
        failure = error
      }
      const elapsedMs = clock.monotonicMs() - startMs
      open = open.filter((key) => {
        const answer = outcomes.get(key)
        if (answer === undefined) return true
        return answer instanceof KafkaError && mayPass(answer, elapsedMs < unknownTopicsForMs)
      })
      if (open.length === 0) break
      const last = failure ?? outcomes.get(open[0] ?? '')
      const waitMs = backoffMs(cluster.retryBackoff, failures, random)
      if (clock.monotonicMs() + waitMs >= deadlineMs) {
        if (failure === undefined) break
        throw new OperationTimeoutError(
          `${what} did not succeed in time; the last failure: ${asError(failure).message}`,
          failure,
        )
      }
      this.#learn(last)
      await delay(timers, waitMs, cluster.closing)
    }
    return allOrError(what, outcomes)
  }

  /** As {@link each}, for partitions at their leaders. `places` by `topic-partition`. */
  atLeaders<P extends { readonly topic: string; readonly partition: number }, V>(
    what: string,
    places: ReadonlyMap<string, P>,
    options: AdminOptions,
    ask: (leader: number, places: ReadonlyMap<string, P>, remainingMs: number) => Promise<Outcomes<V>>,
  ): Promise<Map<string, V>> {
    const { cluster } = this
    const attempt = async (keys: readonly string[], timeoutMs: number): Promise<Outcomes<V>> => {
      const outcomes: Outcomes<V> = new Map()
      const wanted = keys.map((key) => [key, present(places.get(key), 'Keys come from the map')] as const)
      const topics = await cluster.topicMetadata([...new Set(wanted.map(([, { topic }]) => topic))], { timeoutMs })
      const byLeader = new Map<number, Map<string, P>>()
      for (const [key, place] of wanted) {
        const metadata = topics.get(place.topic)
        const leader = cluster.leaderOf(place.topic, place.partition)?.leader
        if (leader === undefined) {
          outcomes.set(key, noLeader(metadata?.partitions[place.partition] !== undefined, metadata?.errorCode))
          cluster.invalidate(place.topic)
        } else {
          const own = byLeader.get(leader) ?? new Map<string, P>()
          byLeader.set(leader, own.set(key, place))
        }
      }
      const answers = await Promise.all([...byLeader].map(([leader, own]) => ask(leader, own, timeoutMs)))
      for (const answer of answers) for (const [key, each] of answer) outcomes.set(key, each)
      for (const [key, { topic }] of wanted) if (outcomes.get(key) instanceof KafkaError) cluster.invalidate(topic)
      return outcomes
    }
    return this.each<V>(what, [...places.keys()], options, attempt, unknownTopicPatienceMs)
  }

  /** After an error that says that the cluster has changed, or that a broker is gone. */
  #learn(error: unknown): void {
    if (error instanceof KafkaError && error.errorCode !== ErrorCode.NOT_CONTROLLER) return
    this.cluster.refresh().catch(() => undefined)
  }
}

/**
 * A value, or the error of a response, in which 0 is none: in the broker's own words if it has any, else in ours with
 * what it is about.
 */
export function outcome<V>(value: V, errorCode: number, about: string, message?: string | null): V | KafkaError {
  if (errorCode === ErrorCode.NONE) return value
  // Some brokers answer with an empty message.
  const isSilent = message === undefined || message === null || message === ''
  return isSilent ? kafkaError(errorCode, about) : new KafkaError(errorCode, message)
}

function allOrError<V>(what: string, outcomes: Outcomes<V>): Map<string, V> {
  const values = new Map<string, V>()
  const errors = new Map<string, KafkaError>()
  for (const [key, result] of outcomes) {
    if (result instanceof KafkaError) errors.set(key, result)
    else values.set(key, result)
  }
  if (errors.size > 0) throw new AdminError(what, errors, values)
  return values
}

function mayPass(error: KafkaError, expectsTopic: boolean): boolean {
  return error.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION ? expectsTopic : error.retriable
}

function noLeader(partitionExists: boolean, topicError: number | undefined): KafkaError {
  if (topicError !== undefined && topicError !== ErrorCode.NONE) return kafkaError(topicError)
  return kafkaError(partitionExists ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
}

function leftOut(key: string): KafkaError {
  return kafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, `The broker said nothing about ${key}`)
}
