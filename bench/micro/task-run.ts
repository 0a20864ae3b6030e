import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog, systemEnvironment } from '@streamwright/std'
import type { Serialized, TopologyDefinition } from '@streamwright/streams'
import { exceptionHandlers } from '../../packages/streams/src/handlers/handler-options.ts'
import { ThreadCache } from '../../packages/streams/src/state/cache/thread-cache.ts'
import { openEngineSpace } from '../../packages/streams/src/state/engine/open-engine-space.ts'
import { GlobalTask } from '../../packages/streams/src/tasks/global-task.ts'
import { Task } from '../../packages/streams/src/tasks/task.ts'
import { RecordBlock } from './record-block.ts'

/** Key and value of the record with this number. */
export type RecordMaker = (index: number) => readonly [key: Serialized | null, value: Serialized | null]

export interface TaskRunOptions {
  /** By topic, what is read again and again. */
  readonly inputs: Readonly<Record<string, RecordMaker>>
  /** By topic, what is read once before. */
  readonly rows: Readonly<Record<string, RecordMaker>>
  readonly cacheMaxBytes: number
}

/** Records of all inputs together in a run. */
export const recordsPerRun = 1000

/** A run is a second of records and a second of silence. */
const runMs = 2000

/**
 * One task over all sub-topologies, as the test driver has it, but on blocks of records: what it writes is counted and
 * dropped, unless the topology reads it again. A commit ends each run.
 */
export class TaskRun {
  readonly perRun: number = recordsPerRun
  readonly #task: Task
  readonly #globals: readonly GlobalTask[]
  readonly #inputs: ReadonlyMap<string, RecordBlock>
  readonly #looped = new Map<string, RecordBlock>()
  readonly #offsets = new Map<string, number>()
  readonly #directory: string | undefined
  #runs = 0

  constructor(definition: TopologyDefinition, options: TaskRunOptions) {
    const stores = definition.subtopologies.flatMap((subtopology) => [...subtopology.stores])
    const isPersistent = stores.some(({ engine }) => engine === 'persistent' || engine === 'log')
    this.#directory = isPersistent ? mkdtempSync(join(tmpdir(), 'streamwright-micro-')) : undefined
    const topics = [...new Set(definition.subtopologies.flatMap(({ sourceTopics }) => [...sourceTopics]))]
    const shared = {
      applicationId: definition.applicationId,
      handlers: exceptionHandlers({}),
      stateDirectory: '',
      config: {},
      environment: { ...systemEnvironment, log: silentLog },
    }
    this.#globals = definition.globalNodes.map(
      (global) =>
        new GlobalTask({
          ...shared,
          definition: global,
          partitions: topicsOf(global.source.topics).map((topic) => ({ topic, partition: 0 })),
          engines: openEngineSpace([global.store], undefined, silentLog),
        }),
    )
    this.#task = new Task({
      ...shared,
      globalStores: new Map(this.#globals.map((global) => [global.storeName, global.store])),
      id: { subtopology: 0, partition: 0 },
      nodes: definition.subtopologies.flatMap((subtopology) => [...subtopology.nodes]),
      stores,
      partitions: topics.map((topic) => ({ topic, partition: 0 })),
      changelogTopics: new Map(
        definition.subtopologies.flatMap((subtopology) =>
          [...subtopology.changelogTopics].map(([store, topic]) => [store, topic.name] as const),
        ),
      ),
      collector: {
        acceptsAnyPartition: true,
        partitionCount: () => 1,
        whenKnown: (_topic, send) => send(),
        send: (
          topic: string,
          _partition: unknown,
          timestamp: number,
          key: Serialized | null,
          value: Serialized | null,
        ) => {
          this.#looped.get(topic)?.append(key, value, timestamp)
        },
      },
      onUndelivered: () => undefined,
      engines: openEngineSpace(stores, this.#directory, silentLog),
      cache: options.cacheMaxBytes === 0 ? undefined : new ThreadCache(options.cacheMaxBytes),
    })
    const inputs = Object.entries(options.inputs)
    this.#inputs = new Map(inputs.map(([topic, make]) => [topic, blockOf(make, recordsPerRun / inputs.length)]))
    for (const topic of topics) if (!this.#inputs.has(topic)) this.#looped.set(topic, new RecordBlock())
    this.#task.open()
    this.#task.start()
    for (const [topic, make] of Object.entries(options.rows)) this.#fill(topic, blockOf(make, recordsPerRun))
  }

  run(): void | Promise<void> {
    const task = this.#task
    this.#runs += 1
    for (const [topic, block] of this.#inputs) this.#add(topic, block, this.#runs * runMs)
    this.#process()
    if (task.pendingRecords > 0) return this.#settle()
    this.#commit()
  }

  close(): void {
    this.#task.close()
    for (const global of this.#globals) global.close()
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true })
  }

  #process(): void {
    const task = this.#task
    for (;;) {
      while (!task.isSaturated && task.processOne()) task.punctuateStreamTime()
      if (task.isSaturated || !this.#takeLooped()) return
    }
  }

  async #settle(): Promise<void> {
    const task = this.#task
    while (task.pendingRecords > 0) {
      await task.nextProgress()
      task.deliverResults()
      this.#process()
    }
    this.#commit()
  }

  #commit(): void {
    this.#task.prepareCommit()
    if (this.#takeLooped()) {
      this.#process()
      this.#task.prepareCommit()
    }
    this.#task.completeCommit(new Map())
  }

  /** What was written to topics that the topology reads. */
  #takeLooped(): boolean {
    let any = false
    for (const [topic, block] of this.#looped) {
      if (block.count === 0) continue
      any = true
      this.#looped.set(topic, new RecordBlock())
      this.#add(topic, block, 0)
    }
    return any
  }

  #add(topic: string, block: RecordBlock, shiftMs: number): void {
    const offset = this.#offsets.get(topic) ?? 0
    this.#offsets.set(topic, offset + block.count)
    this.#task.add(topic, 0, block.rewind(offset, shiftMs), block.count)
  }

  #fill(topic: string, block: RecordBlock): void {
    const global = this.#globals.find(({ partitions }) => partitions.some((place) => place.topic === topic))
    if (global === undefined) {
      this.#add(topic, block, 0)
      this.#process()
      this.#commit()
    } else {
      global.task.add(topic, 0, block, block.count)
      global.processAll()
      global.commit(new Map())
    }
  }
}

/** Records of one second. */
function blockOf(make: RecordMaker, count: number): RecordBlock {
  const block = new RecordBlock()
  for (let index = 0; index < count; index++) block.append(...make(index), (index * 1000) / count)
  return block
}

function topicsOf(topics: readonly string[] | RegExp): readonly string[] {
  return topics instanceof RegExp ? [] : topics
}
