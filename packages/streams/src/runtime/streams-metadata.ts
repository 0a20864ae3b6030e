import type { TopicPartition } from '@streamwright/client'
import { toBytes } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'
import { Headers } from '@streamwright/formats'
import { partitionForKey } from '@streamwright/protocol'
import { present } from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import type { StreamPartitioner, TopologyDefinition } from '../topology/definition.ts'
import type { HostPartitions, PartitionsByHost } from './assignment/host-partitions.ts'
import { noHosts } from './assignment/host-partitions.ts'
import type { HostInfo } from './host-info.ts'
import { isSameHost } from './host-info.ts'
import type { PartitionPlan } from './partition-counts.ts'

/** What one instance of the application has. Java: `StreamsMetadata`. */
export interface StreamsMetadata {
  readonly hostInfo: HostInfo
  readonly stateStoreNames: ReadonlySet<string>
  /** The source partitions that its tasks read. */
  readonly topicPartitions: readonly TopicPartition[]
  readonly standbyStateStoreNames: ReadonlySet<string>
  readonly standbyTopicPartitions: readonly TopicPartition[]
}

/** Where a key of a store is. Java: `KeyQueryMetadata`. */
export interface KeyQueryMetadata {
  /** Undefined where it is not known: that instance has no `application.server`, or none runs. */
  readonly activeHost: HostInfo | undefined
  readonly standbyHosts: readonly HostInfo[]
  /** −1 for a global store, which has all keys everywhere. */
  readonly partition: number
}

/** How a key finds its partition. */
export interface KeyLocation<K> {
  /** Of the topics that the store is made from. Default: the key serde of the store. */
  readonly key?: Serde<K>
  /** What wrote these topics. Default: Kafka's own, by the hash of the key's bytes. */
  readonly partitioner?: StreamPartitioner<K>
}

/** The topology as far as the cluster has been asked. */
export interface KnownTopology {
  readonly definition: TopologyDefinition
  readonly plan: PartitionPlan | undefined
}

/** Which instance has what, as the leader of the group told at the last assignment. Java: `StreamsMetadataState`. */
export class StreamsMetadataState {
  readonly #thisHost: HostInfo | undefined
  readonly #known: () => KnownTopology
  #hosts: PartitionsByHost = noHosts

  constructor(thisHost: HostInfo | undefined, known: () => KnownTopology) {
    this.#thisHost = thisHost
    this.#known = known
  }

  update(hosts: PartitionsByHost): void {
    this.#hosts = hosts
  }

  /** By host and port. */
  all(): StreamsMetadata[] {
    const hosts = [...this.#hosts.active, ...this.#hosts.standby].map(({ host }) => host)
    const distinct = hosts.filter((host, index) => hosts.findIndex((other) => isSameHost(host, other)) === index)
    return distinct
      .toSorted((left, right) => (left.host === right.host ? left.port - right.port : left.host < right.host ? -1 : 1))
      .map((host) => this.#metadataOf(host))
  }

  forStore(store: string): StreamsMetadata[] {
    return this.all().filter(
      ({ stateStoreNames, standbyStateStoreNames }) => stateStoreNames.has(store) || standbyStateStoreNames.has(store),
    )
  }

  forKey<K>(store: string, key: K, location: KeyLocation<K>): KeyQueryMetadata {
    if (this.#globalStores.includes(store)) {
      return { activeHost: this.#thisHost ?? this.all()[0]?.hostInfo, standbyHosts: [], partition: -1 }
    }
    const topics = this.#sourcesOf(store)
    const partition = this.#partitionOf(store, topics, key, location)
    const hosts = this.all()
    const isThere = (partitions: readonly TopicPartition[]): boolean =>
      partitions.some((place) => place.partition === partition && topics.includes(place.topic))
    return {
      activeHost: hosts.find(({ topicPartitions }) => isThere(topicPartitions))?.hostInfo,
      standbyHosts: hosts
        .filter(({ standbyTopicPartitions }) => isThere(standbyTopicPartitions))
        .map(({ hostInfo }) => hostInfo),
      partition,
    }
  }

  get #globalStores(): string[] {
    return this.#known().definition.globalNodes.map(({ store }) => store.name)
  }

  #sourcesOf(store: string): readonly string[] {
    return this.#known().definition.subtopologies.flatMap(({ storeSources }) => [...(storeSources.get(store) ?? [])])
  }

  #partitionOf<K>(
    store: string,
    topics: readonly string[],
    key: K,
    { key: serde, partitioner }: KeyLocation<K>,
  ): number {
    const counts = topics.map((topic) => ({ topic, count: this.#known().plan?.sourcePartitions.get(topic) ?? 0 }))
    const { topic, count } = counts.reduce((most, each) => (each.count > most.count ? each : most), {
      topic: '',
      count: 0,
    })
    if (count === 0) {
      throw new StreamsError(
        `The partitions of ${store} are not known: nothing that it is made from has been read yet`,
        {
          code: 'NOT_AVAILABLE',
          retriable: true,
        },
      )
    }
    const chosen = partitioner?.(topic, key, null, count)
    if (chosen !== undefined && chosen.length !== 1) {
      throw new StreamsError(
        `The partitioner gives ${chosen.length} partitions for a key of ${store}. It must give one`,
        {
          code: 'INVALID_ARGUMENT',
        },
      )
    }
    const keySerde = serde ?? (this.#keySerdeOf(store) as Serde<K>)
    return chosen?.[0] ?? partitionForKey(toBytes(keySerde.serialize(key, topic, new Headers())), count)
  }

  #keySerdeOf(store: string): Serde<unknown> {
    const definition = this.#known()
      .definition.subtopologies.flatMap(({ stores }) => stores)
      .find(({ name }) => name === store)
    const serde = definition !== undefined && 'key' in definition ? definition.key : undefined
    return present(serde, `The store ${store} has no serde for its keys: give one`)
  }

  #metadataOf(host: HostInfo): StreamsMetadata {
    const topicPartitions = partitionsAt(this.#hosts.active, host)
    const standbyTopicPartitions = partitionsAt(this.#hosts.standby, host)
    return {
      hostInfo: host,
      stateStoreNames: new Set([...this.#storesOf(topicPartitions), ...this.#globalStores]),
      topicPartitions,
      standbyStateStoreNames: new Set(this.#storesOf(standbyTopicPartitions)),
      standbyTopicPartitions,
    }
  }

  #storesOf(partitions: readonly TopicPartition[]): string[] {
    const topics = new Set(partitions.map(({ topic }) => topic))
    return this.#known().definition.subtopologies.flatMap(({ storeSources }) =>
      [...storeSources].filter(([, sources]) => sources.some((topic) => topics.has(topic))).map(([store]) => store),
    )
  }
}

function partitionsAt(hosts: readonly HostPartitions[], wanted: HostInfo): readonly TopicPartition[] {
  return hosts.find(({ host }) => isSameHost(host, wanted))?.partitions ?? []
}
