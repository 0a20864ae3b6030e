import { ErrorCode, isInternalTopic, kafkaError } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { assert, present } from '@streamwright/std'
import type { ConfigStore } from '../config/config-store.ts'
import type { LogDirectory } from '../log/log-directory.ts'
import type { LogSettings } from '../log/log-settings.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import type { MetadataLog } from './metadata-log.ts'
import type { TopicState } from './metadata-state.ts'

/** A topic with its partitions' logs. Never changes its name or id: a topic deleted and created anew is another one. */
export class Topic {
  readonly name: string
  readonly id: string
  readonly isInternal: boolean
  readonly #partitions: Partition[] = []

  constructor(name: string, id: string) {
    this.name = name
    this.id = id
    this.isInternal = isInternalTopic(name)
  }

  get partitions(): readonly Partition[] {
    return this.#partitions
  }

  partition(index: number): Partition | undefined {
    return this.#partitions[index]
  }

  growTo(count: number, logs: LogSource): void {
    for (let index = this.#partitions.length; index < count; index++) {
      this.#partitions.push(new Partition(this, index, logs))
    }
  }
}

/** Finds the log of a topic's partition, or makes it. */
interface LogSource {
  find(topic: Topic, partition: number): PartitionLog | undefined
  findOrCreate(topic: Topic, partition: number): PartitionLog
}

/** One partition. Its log is made, when it is missing, at first use. */
export class Partition {
  readonly topic: Topic
  readonly index: number
  readonly #logs: LogSource
  #log: PartitionLog | undefined

  constructor(topic: Topic, index: number, logs: LogSource) {
    this.topic = topic
    this.index = index
    this.#logs = logs
  }

  get log(): PartitionLog {
    this.#log ??= this.#logs.findOrCreate(this.topic, this.index)
    return this.#log
  }

  /** The log, if anything was ever done with it. */
  get existingLog(): PartitionLog | undefined {
    this.#log ??= this.#logs.find(this.topic, this.index)
    return this.#log
  }

  get leaderEpoch(): number {
    return this.existingLog?.leaderEpoch ?? 0
  }
}

/** What a new topic is to be. Names and configs were checked before. */
export interface NewTopic {
  readonly name: string
  readonly partitions: number
  readonly configs: ReadonlyMap<string, string>
}

/** Told when a topic is gone, so that what others keep about it can go, too. */
export type DeletionListener = (topic: Topic) => void

/**
 * The topics: what the metadata log says, with the logs that belong to it. A change is in the metadata log before it
 * is on the disk as directories; what a crash left undone there is made up for at the next start.
 */
export class Topics {
  readonly #byName = new Map<string, Topic>()
  readonly #byId = new Map<string, Topic>()
  readonly #metadata: MetadataLog
  readonly #configs: ConfigStore
  readonly #logs: LogDirectory
  readonly #environment: Environment
  readonly #deletionListeners = new Set<DeletionListener>()
  #version: number
  #creationVersion: number

  constructor(metadata: MetadataLog, configs: ConfigStore, logs: LogDirectory, environment: Environment) {
    this.#metadata = metadata
    this.#configs = configs
    this.#logs = logs
    this.#environment = environment
    // Higher than in any run of the broker before: there are fewer changes than milliseconds.
    this.#version = environment.clock.wallMs()
    this.#creationVersion = this.#version
    for (const topic of metadata.state.topics.values()) this.#add(topic)
  }

  /** Grows whenever a topic is created, gets more partitions, or is deleted; also from one start to the next. */
  get version(): number {
    return this.#version
  }

  /** The version with which the newest topic came. */
  get creationVersion(): number {
    return this.#creationVersion
  }

  get count(): number {
    return this.#byName.size
  }

  get(name: string): Topic | undefined {
    return this.#byName.get(name)
  }

  getById(id: string): Topic | undefined {
    return this.#byId.get(id)
  }

  all(): IterableIterator<Topic> {
    return this.#byName.values()
  }

  /**
   * Usable at once; durable when the promise resolves. `gradually`: the directories of partitions that nobody uses yet
   * are made in the turns that follow, not all in this one.
   */
  create(topic: NewTopic, options?: { readonly gradually?: boolean }): { topic: Topic; durable: Promise<void> } {
    assert(!this.#byName.has(topic.name), 'A topic is created once')
    const durable = this.#metadata.append({
      kind: 'topic',
      name: topic.name,
      id: this.newId(),
      partitions: topic.partitions,
      configs: Object.fromEntries(topic.configs),
    })
    const state = present(this.#metadata.state.topics.get(topic.name), 'A topic is in the state once it is recorded')
    const created = this.#add(state)
    this.#creationVersion = ++this.#version
    if (options?.gradually === true) this.#logs.createGradually(created.partitions, () => this.#isThere(created))
    else for (const partition of created.partitions) void partition.log
    return { topic: created, durable }
  }

  delete(topic: Topic): Promise<void> {
    const durable = this.#metadata.append({ kind: 'topicDeleted', id: topic.id })
    this.#byName.delete(topic.name)
    this.#byId.delete(topic.id)
    this.#version += 1
    for (const partition of topic.partitions) this.#logs.delete(topic.name, partition.index)
    for (const listener of this.#deletionListeners) listener(topic)
    return durable
  }

  grow(topic: Topic, count: number): Promise<void> {
    const durable = this.#metadata.append({ kind: 'partitions', id: topic.id, count })
    topic.growTo(count, this.#source)
    this.#version += 1
    for (const partition of topic.partitions) void partition.log
    return durable
  }

  /** Replaces the topic's own configurations by `configs`. */
  configure(topic: Topic, configs: ReadonlyMap<string, string>): Promise<void> {
    const durable = this.#metadata.append({
      kind: 'configs',
      resource: 'topic',
      name: topic.name,
      configs: Object.fromEntries(configs),
    })
    this.#logs.updateSettings(topic.name)
    return durable
  }

  /** After a change of configurations that hold for all topics. */
  updateAllSettings(): void {
    for (const name of this.#byName.keys()) this.#logs.updateSettings(name)
  }

  /** The topic's own configurations. */
  configsOf(topic: Topic): ReadonlyMap<string, string> {
    return present(this.#metadata.state.topics.get(topic.name), 'A topic that exists is in the state').configs
  }

  settingsOf(topic: Topic): LogSettings {
    return this.#configs.logSettings(topic.name)
  }

  /** Until the returned function is called. */
  onDeletion(listener: DeletionListener): () => void {
    this.#deletionListeners.add(listener)
    return () => void this.#deletionListeners.delete(listener)
  }

  /** A random id. Kafka keeps those that begin with a dash away from users, because they look like options. */
  newId(): string {
    for (;;) {
      const bytes = this.#environment.random.bytes(16)
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
      const id = bytes.toString('base64url')
      if (!id.startsWith('-') && !this.#byId.has(id)) return id
    }
  }

  #add(state: TopicState): Topic {
    const topic = new Topic(state.name, state.id)
    topic.growTo(state.partitions, this.#source)
    this.#byName.set(topic.name, topic)
    this.#byId.set(topic.id, topic)
    return topic
  }

  #isThere(topic: Topic): boolean {
    return this.#byId.get(topic.id) === topic
  }

  readonly #source: LogSource = {
    find: (topic, partition) => (this.#isThere(topic) ? this.#logs.get(topic.name, partition) : undefined),
    findOrCreate: (topic, partition) => {
      // Deleted, perhaps made anew by the same name, between the moment it was looked up and this one.
      if (!this.#isThere(topic)) throw kafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, topic.name)
      return this.#logs.get(topic.name, partition) ?? this.#logs.create(topic.name, partition, topic.id)
    },
  }
}
