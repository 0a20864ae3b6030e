import type { Admin } from '@streamwright/client'
import type { Clock } from '@streamwright/std'
import {
  InvalidStateStoreError,
  StreamsNotStartedError,
  StreamsStoppedError,
  UnknownStateStoreError,
} from '../errors.ts'
import { answerGlobally, answerRequest } from '../queries/answer-request.ts'
import type { LocalStore } from '../queries/answer-request.ts'
import type { StateQueryRequest } from '../queries/state-query-request.ts'
import type { StateQueryResult } from '../queries/state-query-result.ts'
import type { StoreQueryParameters } from '../queries/store-query-parameters.ts'
import type { StateStore } from '../state/store.ts'
import type { TaskStore } from '../state/task-store.ts'
import type { Task } from '../tasks/task.ts'
import type { TopologyDefinition } from '../topology/definition.ts'
import type { PartitionsByHost } from './assignment/host-partitions.ts'
import type { HostInfo } from './host-info.ts'
import type { PartitionPlan } from './partition-counts.ts'
import type { StorePartitionLags } from './store-lags.ts'
import { storePartitionLags } from './store-lags.ts'
import { StreamsMetadataState } from './streams-metadata.ts'
import type { StreamsState } from './streams-state.ts'

/** What queries see of an instance at this moment. */
export interface QueriedInstance {
  readonly state: StreamsState
  /** The tasks of each thread, and whether the thread processes records now. */
  readonly threads: readonly { readonly tasks: Iterable<Task>; readonly isRunning: boolean }[]
  readonly globalStores: ReadonlyMap<string, TaskStore>
  /** With the topics that its patterns match, once the cluster was asked. */
  readonly definition: TopologyDefinition
  /** Undefined before the cluster was asked. */
  readonly plan: PartitionPlan | undefined
}

type WantedStores = Omit<StoreQueryParameters<unknown>, 'withPartition' | 'enableStaleStores'>

/** Answers questions from outside to the stores of one instance. */
export class InteractiveQueries {
  readonly #clock: Clock
  readonly #instance: () => QueriedInstance
  readonly #metadata: StreamsMetadataState

  constructor(clock: Clock, thisHost: HostInfo | undefined, instance: () => QueriedInstance) {
    this.#clock = clock
    this.#instance = instance
    this.#metadata = new StreamsMetadataState(thisHost, instance)
  }

  /** Told of each assignment which instance has what. */
  updateHosts(hosts: PartitionsByHost): void {
    this.#metadata.update(hosts)
  }

  /** Which instance has what; of one store, which must exist, where one is named. */
  metadata(store?: string): StreamsMetadataState {
    requireStarted(this.#instance().state)
    if (store !== undefined) this.#requireKnown(store)
    return this.#metadata
  }

  /** How far the stores that are here are behind their changelogs. */
  lags(admin: Admin): Promise<StorePartitionLags> {
    const { state, threads, definition } = this.#instance()
    requireStarted(state)
    const tasks = threads.flatMap((thread) => [...thread.tasks])
    return storePartitionLags(admin, definition, tasks)
  }

  query<R>(request: StateQueryRequest<R>): StateQueryResult<R> {
    const { storeName } = request
    this.#requireKnown(storeName)
    const instance = this.#instance()
    requireStarted(instance.state)
    if (this.#isGlobal(storeName)) {
      return answerGlobally(request, instance.globalStores.get(storeName), this.#clock)
    }
    const subtopology = this.#instance().definition.subtopologies.find(({ stores }) =>
      stores.some(({ name }) => name === storeName),
    )
    const count = subtopology === undefined ? undefined : instance.plan?.taskCounts.get(subtopology.id)
    return answerRequest(request, localStores(instance, storeName), count, this.#clock)
  }

  /** A facade: which partitions are here is looked up with each of its calls. */
  store<T>({ storeName, type, partition, staleStoresEnabled }: StoreQueryParameters<T>): T {
    requireStarted(this.#instance().state)
    this.#requireKnown(storeName)
    const wanted = { storeName, type, partition, staleStoresEnabled }
    return type.create(() => this.#storesFor(wanted), storeName)
  }

  #storesFor(wanted: WantedStores): StateStore[] {
    const { storeName, type, partition } = wanted
    const instance = this.#instance()
    requireStarted(instance.state)
    const found = this.#isGlobal(storeName) ? globalStore(instance, storeName) : partitionStores(instance, wanted)
    for (const { store } of found) if (!type.accepts(exposed(store))) throw wrongType(storeName, type.name)
    if (found.length === 0) throw partition === undefined ? migrated(storeName) : notHere(storeName, partition)
    return found.map(({ store }) => exposed(store))
  }

  #isGlobal(storeName: string): boolean {
    return this.#instance().definition.globalNodes.some(({ store }) => store.name === storeName)
  }

  #requireKnown(store: string): void {
    const names = [
      ...this.#instance().definition.subtopologies.flatMap(({ stores }) => stores.map(({ name }) => name)),
      ...this.#instance().definition.globalNodes.map((global) => global.store.name),
    ]
    if (!names.includes(store)) throw new UnknownStateStoreError(store, names)
  }
}

function requireStarted(state: StreamsState): void {
  if (state === 'CREATED') throw new StreamsNotStartedError()
  if (state !== 'RUNNING' && state !== 'REBALANCING') throw new StreamsStoppedError(state)
}

/** Also of tasks that are being restored, or wait for the end of a rebalance: they have what they have. */
function* localStores({ threads }: QueriedInstance, name: string): Generator<LocalStore> {
  for (const { tasks, isRunning } of threads) {
    for (const task of tasks) {
      const store = task.stores.get(name)
      const { partition } = task.taskId
      if (store?.isOpen === true) yield { store, partition, isRunning: isRunning && task.state === 'running' }
    }
  }
}

function globalStore({ globalStores }: QueriedInstance, name: string): readonly { readonly store: TaskStore }[] {
  const store = globalStores.get(name)
  return store === undefined ? [] : [{ store }]
}

function partitionStores(
  instance: QueriedInstance,
  { storeName, partition, staleStoresEnabled }: WantedStores,
): readonly LocalStore[] {
  if (!staleStoresEnabled && instance.threads.some(({ isRunning }) => !isRunning)) {
    throw new InvalidStateStoreError(
      `The store ${storeName} cannot be read while tasks are handed out. Ask again, or enable stale stores`,
      { retriable: true },
    )
  }
  return [...localStores(instance, storeName)].filter(
    (local) => (partition === undefined || local.partition === partition) && (staleStoresEnabled || local.isRunning),
  )
}

/** A store of the user's own as the user knows it. */
function exposed(store: TaskStore): StateStore {
  return store.exposed ?? store
}

function wrongType(store: string, type: string): InvalidStateStoreError {
  return new InvalidStateStoreError(
    `The store ${store} cannot be read as ${type}: take the type that it was made with`,
    {
      code: 'WRONG_STORE_TYPE',
    },
  )
}

function migrated(store: string): InvalidStateStoreError {
  return new InvalidStateStoreError(`No partition of the store ${store} is on this instance now: another one has it`, {
    retriable: true,
  })
}

function notHere(store: string, partition: number): InvalidStateStoreError {
  return new InvalidStateStoreError(`Partition ${partition} of the store ${store} is not on this instance`, {
    code: 'INVALID_STATE_STORE_PARTITION',
  })
}
