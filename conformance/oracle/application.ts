import type { TopologyDefinition } from '@streamwright/streams'
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
  #driver: DriverCore

  constructor(scenario: Scenario, variant: Variant) {
    this.#scenario = scenario
    this.#variant = variant
    this.#driver = this.#start()
  }

  /** Processes records up to the next commit; gives what was written. */
  process(inputs: readonly Input[]): RawRecord[] {
    this.#driver.pipeBatch(inputs.map(rawRecord))
    const produced = this.#driver.takeProduced()
    for (const record of produced) this.#changelogs.get(record.topic)?.push(record)
    return produced
  }

  restart(): void {
    this.#driver.close()
    this.#driver = this.#start()
  }

  close(): void {
    this.#driver.close()
  }

  #start(): DriverCore {
    const { store, cacheMaxBytes } = this.#variant
    const builder = new StreamsBuilder({ storeEngine: store.engine })
    this.#scenario.build(builder, store)
    const definition = builder.build().define({ applicationId: 'oracle', statestoreCacheMaxBytes: cacheMaxBytes })
    return new DriverCore(definition, { cacheMaxBytes, config, changelogs: this.#changelogsOf(definition) })
  }

  #changelogsOf(definition: TopologyDefinition): Map<string, ChangelogRecords> {
    const byStore = new Map<string, ChangelogRecords>()
    for (const { changelogTopics } of definition.subtopologies) {
      for (const [store, { name }] of changelogTopics) {
        const records = this.#changelogs.get(name) ?? []
        this.#changelogs.set(name, records)
        byStore.set(
          store,
          records.flatMap(({ key, value, timestamp }) => (key === null ? [] : [{ key, value, timestamp }])),
        )
      }
    }
    return byStore
  }
}

type ChangelogRecords = readonly { readonly key: Buffer; readonly value: Buffer | null; readonly timestamp: number }[]

function rawRecord({ topic, key, value, timestamp }: Input): RawRecord {
  const bytes = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text))
  return { topic, key: bytes(key), value: bytes(value), timestamp, headers: [] }
}
