import { toBytes } from '@streamwright/formats'
import type { Serialized } from '@streamwright/formats'
import type { TaskMetrics } from '../../src/metrics/task-metrics.ts'
import { unreadTaskMetrics } from '../../src/metrics/thread-metrics.ts'
import { CurrentRecordContext } from '../../src/processor/record-context.ts'
import type { TaskId } from '../../src/processor/task-id.ts'
import { ThreadCache } from '../../src/state/cache/thread-cache.ts'
import type { EngineSpace } from '../../src/state/engine/engine.ts'
import { MemoryEngineSpace } from '../../src/state/engine/memory-engine.ts'
import type { StoreHost } from '../../src/state/store-host.ts'
import type { TaskStore } from '../../src/state/task-store.ts'

/** A task as far as its stores see it; tells what they logged. */
export class Host implements StoreHost {
  readonly context: CurrentRecordContext = new CurrentRecordContext()
  readonly engines: EngineSpace
  readonly applicationId = 'app'
  readonly taskId: TaskId = { subtopology: 0, partition: 0 }
  readonly stateDirectory = ''
  readonly config: Readonly<{ [name: string]: unknown }> = {}
  readonly metrics: TaskMetrics = unreadTaskMetrics()
  droppedRecords = 0
  currentSystemTimeMs = 0
  readonly cache: ThreadCache | undefined
  readonly logged: string[] = []

  constructor(cacheMaxBytes: number, engines: EngineSpace = new MemoryEngineSpace()) {
    this.engines = engines
    this.cache = cacheMaxBytes === 0 ? undefined : new ThreadCache(cacheMaxBytes)
  }

  changelogTopic(store: string): string {
    return `app-${store}-changelog`
  }

  recordDropped(): void {
    this.droppedRecords += 1
  }

  changelog(store: string): {
    topic: string
    append(timestamp: number, key: Serialized, value: Serialized | null): void
  } {
    return {
      topic: this.changelogTopic(store),
      append: (timestamp, key, value) =>
        void this.logged.push(
          `${toBytes(key).toString('hex')}@${timestamp}=${value === null ? 'null' : toBytes(value).toString('utf8')}`,
        ),
    }
  }

  commit(store: TaskStore): void {
    store.flushCache()
    this.engines.commit(new Map([[store.name, store.takeWrites()]]), new Map())
  }
}
