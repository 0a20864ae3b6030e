import { Headers } from '@streamwright/formats'
import type { RestoredRecord, TopologyDefinition } from '@streamwright/streams'
import { StreamsBuilder } from '@streamwright/streams'
import type { RawRecord } from '@streamwright/streams/testing'
import { DriverCore } from '@streamwright/streams/testing'
import type { Variant } from './run-case.ts'
import type { Input, Scenario } from './scenario.ts'

const config = {
  '__emit.interval.ms.kstreams.windowed.aggregation__': '0',
  '__emit.interval.ms.kstreams.outer.join.spurious.results.fix__': '0',
}

/** A scenario at work, which may be started anew with no more than its changelogs. */
export class Application {
  readonly #scenario: Scenario
  readonly #variant: Variant
  readonly #changelogs = new Map<string, RawRecord[]>()
  readonly #globalInputs: RawRecord[] = []
  #driver: DriverCore

  constructor(scenario: Scenario, variant: Variant) {
    this.#scenario = scenario
    this.#variant = variant
    this.#driver = this.#start()
  }

  /** Processes records up to the next commit; gives what was written. */
  process(inputs: readonly Input[]): RawRecord[] {
    const records = inputs.map(rawRecord)
    this.#driver.pipeBatch(records)
    const produced = this.#driver.takeProduced()
    // A table may be restored from the topic that it reads.
    for (const record of [...records, ...produced]) this.#changelogs.get(record.topic)?.push(record)
    this.#globalInputs.push(...records.filter(({ topic }) => this.#isGlobal(topic)))
    return produced
  }

  restart(): void {
    this.#driver.close()
    this.#driver = this.#start()
    this.#driver.pipeBatch(this.#globalInputs)
  }

  close(): void {
    this.#driver.close()
  }

  #isGlobal(topic: string): boolean {
    return this.#driver.globalTasks.some(({ partitions }) => partitions.some((partition) => partition.topic === topic))
  }

  #start(): DriverCore {
    const { store, cacheMaxBytes, storeFormat, topologyOptimization } = this.#variant
    const builder = new StreamsBuilder({ storeEngine: store.engine, storeFormat, topologyOptimization })
    this.#scenario.build(builder, store)
    const definition = builder.build().define({ applicationId: 'oracle', statestoreCacheMaxBytes: cacheMaxBytes })
    return new DriverCore(definition, { cacheMaxBytes, config, changelogs: this.#changelogsOf(definition) })
  }

  #changelogsOf(definition: TopologyDefinition): Map<string, readonly RestoredRecord[]> {
    const byStore = new Map<string, readonly RestoredRecord[]>()
    for (const { changelogTopics, sourceTopicStores } of definition.subtopologies) {
      const logged = [...changelogTopics].map(([store, { name }]) => [store, name] as const)
      for (const [store, name] of [...logged, ...sourceTopicStores]) {
        const records = this.#changelogs.get(name) ?? []
        this.#changelogs.set(name, records)
        byStore.set(
          store,
          records.flatMap(({ key, headers, ...record }) =>
            key === null ? [] : [{ ...record, key, headers: new Headers(headers) }],
          ),
        )
      }
    }
    return byStore
  }
}

function rawRecord({ topic, key, value, timestamp }: Input): RawRecord {
  const bytes = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text))
  return { topic, key: bytes(key), value: bytes(value), timestamp, headers: [] }
}
