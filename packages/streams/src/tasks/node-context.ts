import type { Environment } from '@streamwright/std'
import type { Serde } from '@streamwright/formats'
import { present } from '@streamwright/std'
import type { PendingWork } from '../asynchronous/pending-work.ts'
import { StreamsError } from '../errors.ts'
import type {
  Cancellable,
  OperatorContext,
  PunctuationType,
  RecordMetadata,
  ScheduleOptions,
} from '../processor/processor-context.ts'
import type { StreamsMetrics } from '../metrics/streams-metrics.ts'
import type { TaskMetrics } from '../metrics/task-metrics.ts'
import type { Record } from '../processor/record.ts'
import type { CurrentRecordContext, RecordContext } from '../processor/record-context.ts'
import { withPrefix } from '../processor/app-configs.ts'
import type { TaskId } from '../processor/task-id.ts'
import { readOnlyStore } from '../state/read-only-stores.ts'
import type { StateStore } from '../state/store.ts'
import type { ProcessorDefinition } from '../topology/definition.ts'
import type { CompletingNode } from './asynchronous-work.ts'
import type { TaskNode } from './task-node.ts'

/** What the contexts of all nodes share: the task. */
export interface NodeHost {
  readonly applicationId: string
  readonly taskId: TaskId
  readonly stateDirectory: string
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly context: CurrentRecordContext
  readonly currentStreamTimeMs: number
  readonly currentSystemTimeMs: number
  store(name: string): StateStore | undefined
  /** A store that every task may read. */
  globalStore(name: string): StateStore | undefined
  schedule(
    node: TaskNode,
    intervalMs: number,
    type: PunctuationType,
    punctuate: (timestampMs: number) => void,
    options: ScheduleOptions,
  ): Cancellable
  readonly environment: Environment
  readonly metrics: TaskMetrics
  /** The time by which ages of records are measured. */
  readonly processingTimeMs: number
  /** Makes the task wait for the results of an asynchronous operator before it commits. */
  addPendingWork(node: CompletingNode, work: PendingWork): void
  /** Such work has moved on: it may have a result. */
  progressed(): void
  requestCommit(): void
  recordDropped(reason: string, isNatural?: boolean): void
  processorMetadata(name: string): number | undefined
  setProcessorMetadata(name: string, value: number): void
}

/** The context that one processor gets. Java: `ProcessorContextImpl`. */
export class NodeContext implements OperatorContext<unknown, unknown> {
  readonly applicationId: string
  readonly taskId: TaskId
  readonly stateDirectory: string
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly keySerde: Serde<unknown> | undefined
  readonly valueSerde: Serde<unknown> | undefined
  readonly #host: NodeHost
  readonly #current: CurrentRecordContext
  readonly #node: TaskNode & CompletingNode
  readonly #stores: ReadonlySet<string>

  constructor(host: NodeHost, node: TaskNode & CompletingNode, { stores, defaultSerdes }: ProcessorDefinition) {
    this.applicationId = host.applicationId
    this.taskId = host.taskId
    this.stateDirectory = host.stateDirectory
    this.config = host.config
    this.keySerde = defaultSerdes?.key
    this.valueSerde = defaultSerdes?.value
    this.#host = host
    this.#current = host.context
    this.#node = node
    this.#stores = new Set(stores)
  }

  get appConfigs(): Readonly<{ [name: string]: unknown }> {
    return this.config
  }

  appConfigsWithPrefix(prefix: string): Readonly<{ [name: string]: unknown }> {
    return withPrefix(this.config, prefix)
  }

  get recordMetadata(): RecordMetadata | undefined {
    const { topic, partition, offset } = this.#current
    return topic === null ? undefined : { topic, partition, offset }
  }

  get currentStreamTimeMs(): number {
    return this.#host.currentStreamTimeMs
  }

  get currentSystemTimeMs(): number {
    return this.#host.currentSystemTimeMs
  }

  forward(record: Record<unknown, unknown>, childName?: string): void {
    const current = this.#current
    const { timestamp, headers } = current
    current.timestamp = record.timestamp
    current.headers = record.headersIfPresent
    try {
      const children = this.#node.children
      if (childName === undefined) {
        for (let index = 0; index < children.length; index++) (children[index] as TaskNode).process(record)
      } else this.#child(childName).process(record)
    } finally {
      current.timestamp = timestamp
      current.headers = headers
    }
  }

  getStateStore<S extends StateStore>(name: string): S {
    const store = this.#stores.has(name) ? this.#host.store(name) : this.#readOnlyGlobalStore(name)
    if (store === undefined) {
      throw new StreamsError(
        `Processor ${this.#node.name} has no access to the store ${name}, since it is not connected to it. Name the store among the processor's stores`,
        { code: 'STORE_NOT_CONNECTED' },
      )
    }
    return store as S
  }

  globalStore(name: string): StateStore {
    return present(this.#host.globalStore(name), 'A global table that is joined is one of the topology')
  }

  #readOnlyGlobalStore(name: string): StateStore | undefined {
    const store = this.#host.globalStore(name)
    return store === undefined ? undefined : readOnlyStore(store)
  }

  schedule(
    intervalMs: number,
    type: PunctuationType,
    punctuate: (timestampMs: number) => void,
    options: ScheduleOptions = {},
  ): Cancellable {
    if (!(intervalMs >= 1)) {
      throw new StreamsError(`The interval of a punctuation is at least 1 ms, not ${intervalMs}`, {
        code: 'INVALID_ARGUMENT',
      })
    }
    return this.#host.schedule(this.#node, intervalMs, type, punctuate, options)
  }

  commit(): void {
    this.#host.requestCommit()
  }

  recordDropped(reason: string, isNatural?: boolean): void {
    this.#host.recordDropped(reason, isNatural)
  }

  processorMetadata(name: string): number | undefined {
    return this.#host.processorMetadata(name)
  }

  setProcessorMetadata(name: string, value: number): void {
    this.#host.setProcessorMetadata(name, value)
  }

  get metrics(): StreamsMetrics {
    return this.#host.metrics.own
  }

  get environment(): Environment {
    return this.#host.environment
  }

  captureRecordContext(): RecordContext {
    return this.#current.capture()
  }

  get currentRecord(): CurrentRecordContext {
    return this.#current
  }

  addPendingWork(work: PendingWork): void {
    this.#host.addPendingWork(this.#node, work)
  }

  progressed(): void {
    this.#host.progressed()
  }

  #child(name: string): TaskNode {
    const child = this.#node.children.find((node) => node.name === name)
    if (child === undefined) {
      throw new StreamsError(
        `Unknown downstream node ${name}: ${this.#node.name} has ${this.#node.children.map((node) => node.name).join(', ') || 'no children'}`,
        {
          code: 'UNKNOWN_CHILD',
        },
      )
    }
    return child
  }
}
