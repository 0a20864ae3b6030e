import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, Producer } from '@streamwright/client'
import type { TopicPartition } from '@streamwright/client'
import { deferred } from '@streamwright/std'
import { KafkaStreams } from '@streamwright/streams'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import { JavaApplications } from './java-applications.ts'
import { allTopologies, inputRecord, inputTopics, partitionsOf, topologies, variants } from './topologies.ts'
import type { InputRecord, Variant } from './topologies.ts'
import { minuteMs } from './topology.ts'
import type { RecordText } from './topology.ts'
import { WrittenRecords, bytesText, endOffsets, foundText, placeText, placesOf, rawText } from './written-records.ts'

/** Whose turn it is, one after the other. */
const relays = {
  'ours-java-ours': ['ours', 'java', 'ours'],
  'java-ours-java': ['java', 'ours', 'java'],
  'java-alone': ['java', 'java', 'java'],
} as const

export type RelayName = keyof typeof relays
export const relayNames: readonly RelayName[] = ['ours-java-ours', 'java-ours-java', 'java-alone']

const commonSettings = {
  'statestore.cache.max.bytes': '0',
  'commit.interval.ms': '50',
  'poll.ms': '10',
  '__emit.interval.ms.kstreams.windowed.aggregation__': '0',
  '__emit.interval.ms.kstreams.outer.join.spurious.results.fix__': '0',
}

/** One application that goes from hand to hand. */
interface Runner {
  readonly id: string
  readonly relay: RelayName
  readonly variant: Variant
  stop: () => Promise<void>
}

/**
 * All topologies in each variant, in turn by ours and Java's library, each beginning with an empty directory. All read
 * the same input, a record of each topology at a time.
 */
export class Relay {
  readonly #bootstrapServers: string
  readonly #java: JavaApplications
  readonly #admin: Admin
  readonly #producer: Producer
  readonly #directory = mkdtempSync(join(tmpdir(), 'streamwright-takeover-'))
  // Of this minute: the changelogs of windows are kept for a day.
  readonly #baseMs = Date.now() - (Date.now() % minuteMs)
  readonly #runners: readonly Runner[]
  readonly #found = new Map<string, string[]>()
  readonly #failure = deferred()
  #outputs: WrittenRecords | undefined

  constructor(bootstrapServers: string, kafka: KafkaInstallation, classes: string) {
    this.#bootstrapServers = bootstrapServers
    this.#java = new JavaApplications(kafka, classes, this.#failure.reject)
    // Nobody may be waiting when an application fails.
    this.#failure.promise.catch(() => undefined)
    this.#admin = new Admin({ bootstrapServers })
    this.#producer = new Producer({ bootstrapServers })
    this.#runners = variants.flatMap((variant) =>
      relayNames.map((relay) => ({
        id: applicationId(variant, relay),
        relay,
        variant,
        stop: () => Promise.resolve(),
      })),
    )
  }

  async createTopics(): Promise<void> {
    const outputs = this.#runners.map(({ id }) => `${id}-out`)
    const names = [...inputTopics(), ...outputs]
    await this.#admin.createTopics(
      names.map((name) => ({ name, partitions: partitionsOf(name), replicationFactor: 1 })),
    )
    await placesOf(this.#admin, names)
    this.#outputs = await WrittenRecords.of(this.#admin, this.#bootstrapServers, outputs)
  }

  /** Stops who runs, starts who is next, with an empty directory, and lets all records of this turn through. */
  run(turn: 0 | 1 | 2): Promise<void> {
    return Promise.race([this.#run(turn), this.#failure.promise])
  }

  async #run(turn: 0 | 1 | 2): Promise<void> {
    await this.stop()
    await this.#send(topologies.flatMap(({ name, before }) => this.#inputs(name, before?.[turn] ?? [])))
    await Promise.all(this.#runners.map((runner) => this.#start(runner, turn)))
    const places = await this.#inputPlaces()
    const sent = topologies.map(({ name, sends }) => this.#inputs(name, sends[turn]))
    for (let index = 0; index < Math.max(...sent.map(({ length }) => length)); index++) {
      await this.#send(sent.flatMap((records) => records.slice(index, index + 1)))
      await this.#processed(places)
    }
    for (const [topic, records] of (await this.#outputs?.next()) ?? []) {
      for (const record of records) {
        const [name, text] = foundText(record)
        const place = `${topic} ${turn} ${name}`
        this.#found.set(place, [...(this.#found.get(place) ?? []), text])
      }
    }
  }

  /** What a topology found in each turn. */
  found(variant: Variant, relay: RelayName, topology: string): string[][] {
    const topic = `${applicationId(variant, relay)}-out`
    return [0, 1, 2].map((turn) => this.#found.get(`${topic} ${turn} ${topology}`) ?? [])
  }

  /**
   * All records of the changelogs, by their names without that of the application. Java writes what has changed in a
   * suppress buffer in the order of a hash table, with the time of the clock. Of buffers of joins with grace it loses
   * what it has restored.
   */
  async changelogs(variant: Variant, relay: RelayName): Promise<Map<string, string[]>> {
    const prefix = `${applicationId(variant, relay)}-`
    const topics = (await this.#admin.listTopics()).map(({ name }) => name)
    const changelogs = topics
      .filter((name) => name.startsWith(prefix) && name.endsWith('-changelog') && !name.includes('-Buffer-'))
      .toSorted()
    const reader = await WrittenRecords.of(this.#admin, this.#bootstrapServers, changelogs)
    const written = await reader.next()
    await reader.close()
    return new Map(
      [...written].map(([topic, records]) => [
        topic.slice(prefix.length),
        /suppress.*-store-/.test(topic) ? records.map(bytesText).toSorted() : records.map(rawText),
      ]),
    )
  }

  async stop(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.stop()))
  }

  async close(): Promise<void> {
    await this.#outputs?.close()
    await this.#producer.close()
    await this.#admin.close()
    await this.#java.close()
    rmSync(this.#directory, { recursive: true, force: true })
  }

  async #start(runner: Runner, turn: 0 | 1 | 2): Promise<void> {
    const { id, relay, variant } = runner
    const bootstrapServers = this.#bootstrapServers
    const stateDir = join(this.#directory, `${id}-${turn}`)
    if (relays[relay][turn] === 'java') {
      const own = { 'bootstrap.servers': bootstrapServers, 'state.dir': stateDir }
      await this.#java.start(id, { ...commonSettings, ...variant.settings, ...own })
      runner.stop = () => this.#java.stop(id)
    } else {
      const config = { ...commonSettings, applicationId: id, bootstrapServers, stateDir }
      const streams = new KafkaStreams(allTopologies(variant, `${id}-out`), config)
      streams.onFailure(this.#failure.reject)
      await streams.start()
      runner.stop = () => streams.close()
    }
  }

  #inputs(topology: string, texts: readonly RecordText[]): InputRecord[] {
    return texts.map((text) => inputRecord(topology, text, this.#baseMs))
  }

  async #send(records: readonly InputRecord[]): Promise<void> {
    await this.#producer.send(records)
  }

  /** All partitions that tasks read. */
  async #inputPlaces(): Promise<TopicPartition[]> {
    const global = inputTopics('global')
    const internal = (await this.#admin.listTopics()).map(({ name }) => name).filter(isInternalInput)
    return placesOf(this.#admin, [...[...inputTopics()].filter((topic) => !global.has(topic)), ...internal])
  }

  /** Waits until every application has committed all that it reads, and nothing has come meanwhile. */
  async #processed(places: readonly TopicPartition[]): Promise<void> {
    for (;;) {
      const committed = await Promise.all(this.#runners.map(({ id }) => this.#committed(id)))
      const ends = await endOffsets(this.#admin, places)
      const isDone = this.#runners.every(({ id }, index) =>
        [...ends].every(([place, end]) => !reads(id, place) || (committed[index]?.get(place) ?? 0) >= end),
      )
      if (isDone) return
      await sleep(10)
    }
  }

  async #committed(groupId: string): Promise<Map<string, number>> {
    const offsets = await this.#admin.listGroupOffsets(groupId)
    return new Map([...offsets.values()].map((found) => [placeText(found), found.offset]))
  }
}

function applicationId(variant: Variant, relay: RelayName): string {
  return `takeover.${variant.name}.${relay}`
}

function isInternalInput(topic: string): boolean {
  return topic.startsWith('takeover.') && (topic.endsWith('-repartition') || topic.endsWith('-topic'))
}

/** Whether an application reads a partition of what some of them read. */
function reads(id: string, place: string): boolean {
  return !place.startsWith('takeover.') || place.startsWith(`${id}-`)
}
