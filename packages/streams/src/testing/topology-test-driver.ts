import type { Metrics } from '../metrics/metric.ts'
import { StreamsError, UnknownStateStoreError } from '../errors.ts'
import type { StateQueryRequest } from '../queries/state-query-request.ts'
import type { StateQueryResult } from '../queries/state-query-result.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type {
  KeyValueStore,
  SessionStore,
  SessionStoreWithHeaders,
  StateStore,
  TimestampedKeyValueStore,
  TimestampedKeyValueStoreWithHeaders,
  TimestampedWindowStore,
  TimestampedWindowStoreWithHeaders,
  VersionedKeyValueStore,
  WindowStore,
} from '../state/store.ts'
import type { TopologyDefinition } from '../topology/definition.ts'
import type { StreamsConfig } from '../runtime/streams-settings.ts'
import type { TopologyConfig } from '../topology/define.ts'
import { DriverCore } from './driver-core.ts'
import type { DriverCoreOptions } from './driver-core.ts'
import type { RawRecord } from './list-source.ts'
import { plainKeyValueStore, plainSessionStore, plainWindowStore } from './plain-stores.ts'
import type { RecordedStep, Recording } from './recording.ts'
import { runSnapshot } from './run-snapshot.ts'
import type { SnapshotOptions } from './run-snapshot.ts'
import { isWrapped } from './store-rows.ts'
import { withStrictStores } from './strict-serde.ts'
import { driverSettings } from './driver-settings.ts'
import { TestInputTopic } from './test-input-topic.ts'
import type { TestInputTopicOptions } from './test-input-topic.ts'
import { TestOutputTopic } from './test-output-topic.ts'
import { toMilliseconds } from './test-record.ts'
import type { Instant, TestSerdes } from './test-record.ts'

/** What can be run: `builder.build()`, or a `Topology` made by hand. */
export interface DefinableTopology {
  define(config: TopologyConfig): TopologyDefinition
}

export interface TopologyTestDriverOptions extends Omit<DriverCoreOptions, 'config' | 'startTimeMs'> {
  /** `application.id`, the prefix of internal topics. Default `test`. */
  readonly applicationId?: string
  /** Settings of the application, as `KafkaStreams` takes them. Other options go before them. */
  readonly config?: Partial<StreamsConfig>
  /** Where the wall clock stands. Default 0, so that a test is the same each time. */
  readonly startTimeMs?: Instant
  /** Whether stores read back what they write, and fail where it is not the same. Default: no. */
  readonly strict?: boolean
}

/**
 * Runs a topology without a cluster and without waiting: real tasks, real stores, a clock that the test moves.
 *
 * @example
 * ```ts
 * using driver = new TopologyTestDriver(builder.build())
 * const input = driver.createInputTopic('lines', { key: serdes.string, value: serdes.string })
 * const output = driver.createOutputTopic('counts', { key: serdes.string, value: serdes.long })
 * input.pipeInput('hello kafka')
 * output.readKeyValuesToList() // [['hello', 1], ['kafka', 1]]
 * ```
 */
export class TopologyTestDriver implements Disposable {
  readonly #core: DriverCore
  readonly #startTimeMs: number
  readonly #steps: RecordedStep[] = []
  readonly #produced: RawRecord[] = []
  /** By topic, what no output topic has read yet. */
  readonly #unread = new Map<string, RawRecord[]>()

  constructor(topology: DefinableTopology, options: TopologyTestDriverOptions = {}) {
    const { config = {}, applicationId, startTimeMs = 0, strict = false, ...given } = options
    const settings = driverSettings(applicationId === undefined ? config : { ...config, applicationId })
    const definition = topology.define(settings.define)
    this.#core = new DriverCore(strict ? withStrictStores(definition) : definition, {
      ...settings.options,
      ...given,
      startTimeMs: toMilliseconds(startTimeMs),
    })
    this.#startTimeMs = this.#core.clock.wallMs()
  }

  /** A way to write records into a topic that the topology reads. */
  createInputTopic<K, V>(
    topic: string,
    serdes: TestSerdes<K, V>,
    options: TestInputTopicOptions = {},
  ): TestInputTopic<K, V> {
    const sink = {
      pipe: (record: RawRecord) => this.#do({ kind: 'record', record }),
      pipeBatch: (records: readonly RawRecord[]) => this.#do({ kind: 'batch', records }),
    }
    const startMs =
      options.startTimestamp === undefined ? this.#core.clock.wallMs() : toMilliseconds(options.startTimestamp)
    return new TestInputTopic(sink, topic, serdes, startMs, options.autoAdvanceMs ?? 0)
  }

  /** A way to read what the topology writes to a topic, changelogs and repartition topics included. */
  createOutputTopic<K, V>(topic: string, serdes: TestSerdes<K, V>): TestOutputTopic<K, V> {
    const unread = (): RawRecord[] => {
      this.#collect()
      return this.#unread.get(topic) ?? []
    }
    return new TestOutputTopic(topic, serdes, {
      get records() {
        return unread()
      },
    })
  }

  /** Moves the wall clock, and runs the punctuations that are due. */
  advanceWallClockTime(byMs: number): void {
    this.#do({ kind: 'advanceWallClock', byMs })
  }

  /**
   * Waits for the results of asynchronous operators and for all that follows from them. Back-offs between attempts are
   * jumped over, by moving the clock; time-outs elapse only by {@link advanceWallClockTime}.
   */
  settle(): Promise<void> {
    this.#steps.push({ kind: 'settle' })
    return this.#core.settle()
  }

  /** Does what was recorded; a promise where that takes waiting. */
  replay(step: RecordedStep): Promise<void> | undefined {
    if (step.kind === 'settle') return this.settle()
    this.#do(step)
    return undefined
  }

  /** What was done so far: input and passing of time, to be done again by {@link TimeTravel}. */
  get recording(): Recording {
    return { startTimeMs: this.#startTimeMs, steps: [...this.#steps] }
  }

  /** Every record written so far, in order, to all topics, whether it was read or not. */
  get produced(): readonly RawRecord[] {
    this.#collect()
    return this.#produced
  }

  /** Every record written so far and not read by an output topic, by topic; changelogs included. */
  producedRecords(): ReadonlyMap<string, readonly RawRecord[]> {
    this.#collect()
    return this.#unread
  }

  /** All topics that were written to, changelogs and repartition topics included. */
  producedTopicNames(): ReadonlySet<string> {
    return new Set(this.produced.map(({ topic }) => topic))
  }

  /**
   * All outputs and stores of this run as text that is the same whenever they are: for {@link assertSnapshot}, or to look
   * at. What was read is shown too.
   */
  snapshot(options: SnapshotOptions = {}): string {
    const { definition } = this.#core
    return runSnapshot({ definition, produced: this.produced, stores: this.getAllStateStores() }, options)
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

  /** Every store of the topology by name, global ones included. */
  getAllStateStores(): ReadonlyMap<string, StateStore> {
    return new Map(this.stateStoreNames.map((name) => [name, this.getStateStore(name)]))
  }

  /** A store as it is, of whatever kind; the methods below check the kind. */
  getStateStore<S extends StateStore>(name: string): S {
    const store = this.#core.store(name)
    if (store === undefined) throw new UnknownStateStoreError(name, this.stateStoreNames)
    return store as unknown as S
  }

  /** Of a store with timestamps or headers, the values alone. What is put has the timestamp −1, as in Java. */
  getKeyValueStore<K, V>(name: string): KeyValueStore<K, V> {
    const definition = this.#ofKind(name, 'keyValue')
    return isWrapped(definition) ? plainKeyValueStore(this.getStateStore(name)) : this.getStateStore(name)
  }

  getTimestampedKeyValueStore<K, V>(name: string): TimestampedKeyValueStore<K, V> {
    return this.#withForm(name, this.#ofKind(name, 'keyValue').timestamped, 'timestamps')
  }

  getTimestampedKeyValueStoreWithHeaders<K, V>(name: string): TimestampedKeyValueStoreWithHeaders<K, V> {
    return this.#withForm(name, this.#ofKind(name, 'keyValue').withHeaders, 'headers')
  }

  getVersionedKeyValueStore<K, V>(name: string): VersionedKeyValueStore<K, V> {
    this.#ofKind(name, 'versionedKeyValue')
    return this.getStateStore(name)
  }

  /** Of a store with timestamps or headers, the values alone. */
  getWindowStore<K, V>(name: string): WindowStore<K, V> {
    const definition = this.#ofKind(name, 'window')
    return isWrapped(definition) ? plainWindowStore(this.getStateStore(name)) : this.getStateStore(name)
  }

  getTimestampedWindowStore<K, V>(name: string): TimestampedWindowStore<K, V> {
    return this.#withForm(name, this.#ofKind(name, 'window').timestamped, 'timestamps')
  }

  getTimestampedWindowStoreWithHeaders<K, V>(name: string): TimestampedWindowStoreWithHeaders<K, V> {
    return this.#withForm(name, this.#ofKind(name, 'window').withHeaders, 'headers')
  }

  /** Of a store with headers, the aggregates alone. */
  getSessionStore<K, AGG>(name: string): SessionStore<K, AGG> {
    const definition = this.#ofKind(name, 'session')
    return isWrapped(definition) ? plainSessionStore(this.getStateStore(name)) : this.getStateStore(name)
  }

  getSessionStoreWithHeaders<K, AGG>(name: string): SessionStoreWithHeaders<K, AGG> {
    return this.#withForm(name, this.#ofKind(name, 'session').withHeaders, 'headers')
  }

  close(): void {
    this.#core.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #do(step: Exclude<RecordedStep, { readonly kind: 'settle' }>): void {
    this.#steps.push(step)
    switch (step.kind) {
      case 'record':
        return this.#core.pipe(step.record)
      case 'batch':
        return this.#core.pipeBatch(step.records)
      case 'advanceWallClock':
        return this.#core.advanceWallClock(step.byMs)
    }
  }

  #collect(): void {
    for (const record of this.#core.takeProduced()) {
      this.#produced.push(record)
      const unread = this.#unread.get(record.topic)
      if (unread === undefined) this.#unread.set(record.topic, [record])
      else unread.push(record)
    }
  }

  #ofKind<Kind extends StoreDefinition['kind']>(name: string, kind: Kind): StoreDefinition & { readonly kind: Kind } {
    const definition = this.#core.storeDefinition(name)
    if (definition === undefined) throw new UnknownStateStoreError(name, this.stateStoreNames)
    if (isOfKind(definition, kind)) return definition
    throw new StreamsError(
      `The store ${name} is a ${kindName(definition)}, not a ${kindNames[kind]}. Get it by the method for its kind`,
      { code: 'WRONG_STORE_TYPE' },
    )
  }

  #withForm<S extends StateStore>(name: string, has: boolean | undefined, what: string): S {
    if (has === true) return this.getStateStore(name)
    throw new StreamsError(`The store ${name} gives out values without ${what}. Get it by the method for these`, {
      code: 'WRONG_STORE_TYPE',
    })
  }
}

const kindNames: Readonly<Record<StoreDefinition['kind'], string>> = {
  keyValue: 'key-value store',
  versionedKeyValue: 'versioned key-value store',
  window: 'window store',
  session: 'session store',
  suppressBuffer: 'buffer of a suppress',
  joinBuffer: 'buffer of a join',
  unjoined: 'buffer of a join',
  custom: 'store of the user’s own',
}

function kindName({ kind }: StoreDefinition): string {
  return kindNames[kind]
}

function isOfKind<Kind extends StoreDefinition['kind']>(
  definition: StoreDefinition,
  kind: Kind,
): definition is StoreDefinition & { readonly kind: Kind } {
  return definition.kind === kind
}
