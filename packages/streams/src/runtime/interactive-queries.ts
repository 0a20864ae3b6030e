import type { Clock } from '@streamwright/std'
import { StreamsNotStartedError, StreamsStoppedError, UnknownStateStoreError } from '../errors.ts'
import { answerGlobally, answerRequest } from '../queries/answer-request.ts'
import type { LocalStore } from '../queries/answer-request.ts'
import type { StateQueryRequest } from '../queries/state-query-request.ts'
import type { StateQueryResult } from '../queries/state-query-result.ts'
import type { TaskStore } from '../state/task-store.ts'
import type { Task } from '../tasks/task.ts'
import type { TopologyDefinition } from '../topology/definition.ts'
import type { StreamsState } from './streams-state.ts'

/** What queries see of an instance at this moment. */
export interface QueriedInstance {
  readonly state: StreamsState
  /** The tasks of each thread, and whether the thread processes records now. */
  readonly threads: readonly { readonly tasks: Iterable<Task>; readonly isRunning: boolean }[]
  readonly globalStores: ReadonlyMap<string, TaskStore>
  /** Of each sub-topology, as far as it is known. */
  readonly taskCounts: ReadonlyMap<number, number>
}

/** Answers questions from outside to the stores of one instance. */
export class InteractiveQueries {
  readonly #definition: TopologyDefinition
  readonly #clock: Clock
  readonly #instance: () => QueriedInstance

  constructor(definition: TopologyDefinition, clock: Clock, instance: () => QueriedInstance) {
    this.#definition = definition
    this.#clock = clock
    this.#instance = instance
  }

  query<R>(request: StateQueryRequest<R>): StateQueryResult<R> {
    const { storeName } = request
    this.#requireKnown(storeName)
    const instance = this.#instance()
    requireStarted(instance.state)
    if (this.#definition.globalNodes.some(({ store }) => store.name === storeName)) {
      return answerGlobally(request, instance.globalStores.get(storeName), this.#clock)
    }
    const subtopology = this.#definition.subtopologies.find(({ stores }) =>
      stores.some(({ name }) => name === storeName),
    )
    const count = subtopology === undefined ? undefined : instance.taskCounts.get(subtopology.id)
    return answerRequest(request, localStores(instance, storeName), count, this.#clock)
  }

  #requireKnown(store: string): void {
    const names = [
      ...this.#definition.subtopologies.flatMap(({ stores }) => stores.map(({ name }) => name)),
      ...this.#definition.globalNodes.map((global) => global.store.name),
    ]
    if (!names.includes(store)) throw new UnknownStateStoreError(store, names)
  }
}

function requireStarted(state: StreamsState): void {
  if (state === 'CREATED') throw new StreamsNotStartedError()
  if (state !== 'RUNNING' && state !== 'REBALANCING') throw new StreamsStoppedError(state)
}

/** Tasks that are still restored know less than they will, and are not asked. */
function* localStores({ threads }: QueriedInstance, name: string): Generator<LocalStore> {
  for (const { tasks, isRunning } of threads) {
    for (const task of tasks) {
      const store = task.state === 'running' || task.state === 'suspended' ? task.stores.get(name) : undefined
      const { partition } = task.taskId
      if (store !== undefined) yield { store, partition, isRunning: isRunning && task.state === 'running' }
    }
  }
}
