import { isOnDisk } from '../state/store-definition.ts'
import type { Consumer, TopicPartition } from '@streamwright/client'
import type { Environment } from '@streamwright/std'
import { assert } from '@streamwright/std'
import type { Metric } from '../metrics/metric.ts'
import { globalTaskId } from '../metrics/task-metrics.ts'
import { ThreadMetrics } from '../metrics/thread-metrics.ts'
import type { ExceptionHandlers } from '../handlers/exception-handlers.ts'
import { openEngineSpace } from '../state/engine/open-engine-space.ts'
import type { EngineSpace } from '../state/engine/engine.ts'
import type { StateStore } from '../state/store.ts'
import type { TaskStore } from '../state/task-store.ts'
import { GlobalTask } from '../tasks/global-task.ts'
import type { GlobalStoreDefinition, TimestampExtractor } from '../topology/definition.ts'

export interface GlobalStoresOptions {
  /** The `thread-id` of metrics. */
  readonly name: string
  readonly applicationId: string
  readonly definitions: readonly GlobalStoreDefinition[]
  /** Reads alone, outside any group. */
  readonly consumer: Consumer
  readonly pollMs: number
  readonly commitIntervalMs: number
  readonly handlers: ExceptionHandlers
  readonly defaultTimestampExtractor: TimestampExtractor | undefined
  readonly directory: string
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly environment: Environment
}

interface GlobalStore {
  readonly task: GlobalTask
  readonly engines: EngineSpace
}

/**
 * The global stores of an instance. First each is filled up to the end of its topic, then kept up to date in a loop
 * beside the stream threads, which only read. Where it stood is committed with what was written, by partition, so that a
 * restart goes on from there. Java: `GlobalStreamThread`.
 */
export class GlobalStores {
  readonly #options: GlobalStoresOptions
  readonly #metrics: ThreadMetrics
  readonly #byPartition = new Map<string, GlobalStore>()
  readonly #stores: GlobalStore[] = []
  #lastCommitMs = 0
  #isStopping = false
  #isFilled = false
  #done: Promise<void> = Promise.resolve()

  constructor(options: GlobalStoresOptions) {
    this.#options = options
    this.#metrics = new ThreadMetrics(options.name, options.environment.clock.wallMs())
  }

  /** By name, for the tasks. Complete after {@link start}. */
  get stores(): ReadonlyMap<string, StateStore> {
    return new Map(this.#stores.map(({ task }) => [task.storeName, task.store]))
  }

  /** Figures of the tasks that fill the stores, as they are now. */
  metrics(): Metric[] {
    const { clock } = this.#options.environment
    return this.#metrics.read(clock.monotonicMs(), this.#isStopping ? 'PENDING_SHUTDOWN' : 'RUNNING')
  }

  /** The same, as their tasks see them. Empty until {@link start} is done, since before they are not complete. */
  get taskStores(): ReadonlyMap<string, TaskStore> {
    return this.#isFilled ? new Map(this.#stores.map(({ task }) => [task.storeName, task.taskStore])) : new Map()
  }

  /** Fills the stores up to where their topics end now. Rejects when a topic cannot be read. */
  async start(): Promise<void> {
    for (const definition of this.#options.definitions) this.#stores.push(await this.#open(definition))
    const { consumer } = this.#options
    const places = this.#stores.flatMap(({ task }) => [...task.partitions])
    this.#isFilled = places.length === 0
    if (this.#isFilled) return
    consumer.assign(places)
    const [begins, ends] = await Promise.all([consumer.beginningOffsets(places), consumer.endOffsets(places)])
    for (const store of this.#stores) this.#seek(store, begins, ends)
    while (await this.#isBehind(ends)) await this.#turn()
    this.#commit()
    this.#isFilled = true
  }

  /** Keeps the stores up to date until {@link stop}. Rejects when a record cannot be processed. */
  run(): Promise<void> {
    this.#done = this.#run()
    return this.#done
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    this.#options.consumer.wakeup()
    await this.#done.catch(() => undefined)
    for (const { task } of this.#stores.splice(0)) task.close()
  }

  async #run(): Promise<void> {
    if (this.#stores.length === 0) return
    while (!this.#isStopping) await this.#turn()
    this.#commit()
  }

  async #turn(): Promise<void> {
    const { commitIntervalMs, consumer, environment, pollMs } = this.#options
    for (const fetched of await consumer.poll(pollMs)) {
      const { topic, partition, batch, skipBefore } = fetched
      const store = this.#byPartition.get(placeName(fetched))
      assert(store !== undefined, 'Only partitions of global topics are read here')
      store.task.task.add(topic, partition, batch.records(), batch.recordCount, skipBefore)
    }
    for (const { task } of this.#stores) task.processAll()
    const nowMs = environment.clock.monotonicMs()
    this.#metrics.tick(nowMs)
    if (nowMs - this.#lastCommitMs >= commitIntervalMs) this.#commit()
  }

  async #open(definition: GlobalStoreDefinition): Promise<GlobalStore> {
    const { applicationId, consumer, handlers, directory, config, environment } = this.#options
    const { defaultTimestampExtractor } = this.#options
    const { store, source } = definition
    assert(!(source.topics instanceof RegExp), 'A global store reads one topic')
    const [topic = ''] = source.topics
    const count = await consumer.partitionsFor(topic)
    const partitions = Array.from({ length: count }, (_none, partition) => ({ topic, partition }))
    const path = `${directory}/${store.name}`
    // A position belongs to a store: each partition has one of its own, which holds nothing.
    // Where an engine of the user's own keeps the rows, they are read anew each time.
    const engine = isOnDisk(store.engine) ? store.engine : 'memory'
    const positions = partitions.map((place) => ({ ...store, engine, name: positionName(store.name, place) }) as const)
    const engines = openEngineSpace([store, ...positions], path, environment.log)
    const shared = { applicationId, handlers, defaultTimestampExtractor, config, environment, stateDirectory: path }
    const metrics = this.#metrics.openTask(globalTaskId)
    const opened = { engines, task: new GlobalTask({ ...shared, definition, partitions, engines, metrics }) }
    for (const place of partitions) this.#byPartition.set(placeName(place), opened)
    return opened
  }

  #seek({ task, engines }: GlobalStore, begins: ReadonlyMap<string, number>, ends: ReadonlyMap<string, number>): void {
    const known = task.partitions.map((place) => ({
      place,
      begin: begins.get(placeName(place)) ?? 0,
      end: ends.get(placeName(place)) ?? 0,
      position: engines.position(positionName(task.storeName, place)),
    }))
    const fits = known.every(
      ({ begin, end, position }) => position === undefined || (position >= begin && position <= end),
    )
    if (!fits) {
      this.#options.environment.log.warn('A global topic no longer fits what is kept of it: it is read anew', {
        store: task.storeName,
      })
      engines.wipe(task.storeName)
      task.taskStore.position?.clear()
      engines.commit(new Map(), new Map(known.map(({ place, begin }) => [positionName(task.storeName, place), begin])))
    }
    for (const { place, begin, position } of known) {
      this.#options.consumer.seek(place, fits && position !== undefined ? position : begin)
    }
  }

  async #isBehind(ends: ReadonlyMap<string, number>): Promise<boolean> {
    for (const { task } of this.#stores) {
      for (const place of task.partitions) {
        if ((await this.#options.consumer.position(place)) < (ends.get(placeName(place)) ?? 0)) return true
      }
    }
    return false
  }

  #commit(): void {
    this.#lastCommitMs = this.#options.environment.clock.monotonicMs()
    for (const { task } of this.#stores) {
      if (!task.task.needsCommit) continue
      const offsets = task.task.committableOffsets()
      task.commit(new Map(offsets.map(({ offset, ...place }) => [positionName(task.storeName, place), offset])))
    }
  }
}

function placeName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

/** No store has such a name: slashes are not allowed there. */
function positionName(store: string, { partition }: TopicPartition): string {
  return `${store}/${partition}`
}
