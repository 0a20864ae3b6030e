import type { Headers, Serialized } from '@streamwright/formats'
import { withPrefix } from '../../processor/app-configs.ts'
import type { CustomStore, StoreContext } from '../custom-store.ts'
import type { EngineWrite } from '../engine/engine.ts'
import type { CustomStoreDefinition } from '../store-definition.ts'
import { isPersistent } from '../store-definition.ts'
import type { StoreHost } from '../store-host.ts'
import type { RestoredRecord, TaskStore } from '../task-store.ts'

/** A store of the user's own as its task sees it. */
export class CustomTaskStore implements TaskStore {
  readonly name: string
  readonly persistent: boolean
  /** What processors get. */
  readonly exposed: CustomStore

  constructor(definition: CustomStoreDefinition, host: StoreHost) {
    this.name = definition.name
    this.persistent = isPersistent(definition.engine)
    this.exposed = definition.create(contextOf(definition, host))
  }

  get isOpen(): boolean {
    return this.exposed.isOpen
  }

  get uncommittedBytes(): number {
    return this.exposed.uncommittedBytes ?? 0
  }

  flushCache(): void {
    this.exposed.flush?.()
  }

  takeWrites(): EngineWrite[] {
    return [...(this.exposed.takeWrites?.() ?? [])]
  }

  discard(): void {
    this.exposed.discard()
  }

  restoreWrite(record: RestoredRecord): EngineWrite | undefined {
    return this.restoreWrites([record])[0]
  }

  restoreWrites(records: Iterable<RestoredRecord>): EngineWrite[] {
    for (const record of records) this.exposed.restore(record)
    return this.takeWrites()
  }

  close(): void {
    this.exposed.close()
  }
}

function contextOf({ name }: CustomStoreDefinition, host: StoreHost): StoreContext {
  const changelog = host.changelog(name)
  return {
    name,
    applicationId: host.applicationId,
    taskId: host.taskId,
    stateDirectory: host.stateDirectory,
    appConfigs: host.config,
    appConfigsWithPrefix: (prefix) => withPrefix(host.config, prefix),
    changelogTopic: host.changelogTopic(name),
    committed: host.engines.open(name),
    record: host.context,
    metrics: host.metrics.own,
    get currentSystemTimeMs() {
      return host.currentSystemTimeMs
    },
    log(
      key: Serialized,
      value: Serialized | null,
      options: { readonly timestamp?: number; readonly headers?: Headers } = {},
    ): void {
      changelog?.append(options.timestamp ?? host.context.timestamp, key, value, options.headers)
    },
    recordDropped: (reason) => host.recordDropped(reason),
  }
}
