import type { Metrics } from '../metrics/metric.ts'
import { UnknownStateStoreError } from '../errors.ts'
import type { StateQueryRequest } from '../queries/state-query-request.ts'
import type { StateQueryResult } from '../queries/state-query-result.ts'
import type {
  KeyValueStore,
  SessionStore,
  StateStore,
  TimestampedKeyValueStore,
  TimestampedKeyValueStoreWithHeaders,
  TimestampedWindowStore,
  VersionedKeyValueStore,
  WindowStore,
} from '../state/store.ts'
import type { TopologyDefinition } from '../topology/definition.ts'
import { DriverCore } from './driver-core.ts'
import type { DriverCoreOptions } from './driver-core.ts'
import type { RawRecord } from './list-source.ts'
import { TestInputTopic, TestOutputTopic } from './test-topics.ts'
import type { TestSerdes } from './test-topics.ts'

/** What can be run: `builder.build()`, or a `Topology` made by hand. */
export interface DefinableTopology {
  define(config: { readonly applicationId: string }): TopologyDefinition
}

export interface TopologyTestDriverOptions extends DriverCoreOptions {
  /** `application.id`, the prefix of internal topics. Default `test`. */
  readonly applicationId?: string
}

/**
 * Runs a topology without a cluster and without waiting: real tasks, real stores, a clock that the test moves.
 *
 * @example
 * ```ts
 * const driver = new TopologyTestDriver(builder.build())
 * const input = driver.createInputTopic('lines', { key: serdes.string, value: serdes.string })
 * const output = driver.createOutputTopic('counts', { key: serdes.string, value: serdes.long })
 * input.pipeValue('hello kafka')
 * output.readKeyValues() // [['hello', 1], ['kafka', 1]]
 * driver.close()
 * ```
 */
export class TopologyTestDriver implements Disposable {
  readonly #core: DriverCore
  readonly #output = new Map<string, RawRecord[]>()

  constructor(topology: DefinableTopology, options: TopologyTestDriverOptions = {}) {
    this.#core = new DriverCore(topology.define({ applicationId: options.applicationId ?? 'test' }), options)
  }

  createInputTopic<K, V>(
    topic: string,
    serdes: TestSerdes<K, V>,
    options: { readonly autoAdvanceMs?: number } = {},
  ): TestInputTopic<K, V> {
    return new TestInputTopic(this.#core, topic, serdes, options.autoAdvanceMs ?? 0)
  }

  createOutputTopic<K, V>(topic: string, serdes: TestSerdes<K, V>): TestOutputTopic<K, V> {
    const records = (): RawRecord[] => {
      this.#sort()
      return this.#output.get(topic) ?? []
    }
    return new TestOutputTopic(
      topic,
      serdes,
      () => records().shift(),
      () => records().length,
    )
  }

  /** Moves the wall clock, and runs the punctuations that are due. */
  advanceWallClockTime(byMs: number): void {
    this.#core.advanceWallClock(byMs)
  }

  /**
   * Waits for the results of asynchronous operators and for all that follows from them. Back-offs between attempts are
   * jumped over, by moving the clock; time-outs elapse only by {@link advanceWallClockTime}.
   */
  settle(): Promise<void> {
    return this.#core.settle()
  }

  /** Every record written so far and not read by an output topic, by topic; changelogs included. */
  producedRecords(): ReadonlyMap<string, readonly RawRecord[]> {
    this.#sort()
    return this.#output
  }

  /** `dropped-records-total`. */
  get droppedRecords(): number {
    return this.#core.droppedRecords
  }

  /** Figures of the runtime, under Kafka's names. Rates and averages go by the driver's clock. */
  metrics(): Metrics {
    return this.#core.metrics()
  }

  get stateStoreNames(): readonly string[] {
    return this.#core.storeNames
  }

  /** As `KafkaStreams.query`, but at once. The stores have partition 0. */
  query<R>(request: StateQueryRequest<R>): StateQueryResult<R> {
    return this.#core.query(request)
  }

  getStateStore<S extends StateStore>(name: string): S {
    const store = this.#core.store(name)
    if (store === undefined) throw new UnknownStateStoreError(name, this.stateStoreNames)
    return store as unknown as S
  }

  getKeyValueStore<K, V>(name: string): KeyValueStore<K, V> {
    return this.getStateStore(name)
  }

  getTimestampedKeyValueStore<K, V>(name: string): TimestampedKeyValueStore<K, V> {
    return this.getStateStore(name)
  }

  getTimestampedKeyValueStoreWithHeaders<K, V>(name: string): TimestampedKeyValueStoreWithHeaders<K, V> {
    return this.getStateStore(name)
  }

  getVersionedKeyValueStore<K, V>(name: string): VersionedKeyValueStore<K, V> {
    return this.getStateStore(name)
  }

  getWindowStore<K, V>(name: string): WindowStore<K, V> {
    return this.getStateStore(name)
  }

  getTimestampedWindowStore<K, V>(name: string): TimestampedWindowStore<K, V> {
    return this.getStateStore(name)
  }

  getSessionStore<K, AGG>(name: string): SessionStore<K, AGG> {
    return this.getStateStore(name)
  }

  close(): void {
    this.#core.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #sort(): void {
    for (const record of this.#core.takeProduced()) {
      const records = this.#output.get(record.topic)
      if (records === undefined) this.#output.set(record.topic, [record])
      else records.push(record)
    }
  }
}
