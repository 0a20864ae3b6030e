import { assert, unreachable } from '@streamwright/std'
import type { Acl } from '../security/acl.ts'
import { aclKey } from '../security/acl.ts'
import type { MetadataRecord } from './metadata-record.ts'

export interface TopicState {
  readonly name: string
  readonly id: string
  partitions: number
  configs: ReadonlyMap<string, string>
}

/** What the metadata log says: the result of applying its records in order. Knows nothing of files. */
export class MetadataState {
  readonly topics: Map<string, TopicState> = new Map()
  /** Dynamic configurations of brokers by broker number; the empty name holds for all brokers. */
  readonly brokerConfigs: Map<string, ReadonlyMap<string, string>> = new Map()
  /** Rules of the authorizer by what makes them equal. */
  readonly acls: Map<string, Acl> = new Map()
  /** The first producer id that was not given out in a block. */
  producerIdNext = 0
  readonly #namesById = new Map<string, string>()

  topicById(id: string): TopicState | undefined {
    const name = this.#namesById.get(id)
    return name === undefined ? undefined : this.topics.get(name)
  }

  apply(record: MetadataRecord): void {
    switch (record.kind) {
      case 'topic': {
        assert(!this.topics.has(record.name), `Topic ${record.name} is created once`)
        const { name, id, partitions } = record
        this.topics.set(name, { name, id, partitions, configs: new Map(Object.entries(record.configs)) })
        this.#namesById.set(id, name)
        return
      }
      case 'topicDeleted': {
        const topic = this.topicById(record.id)
        if (topic === undefined) return
        this.topics.delete(topic.name)
        this.#namesById.delete(record.id)
        return
      }
      case 'partitions': {
        const topic = this.topicById(record.id)
        if (topic !== undefined) topic.partitions = record.count
        return
      }
      case 'configs':
        return this.#applyConfigs(record.resource, record.name, new Map(Object.entries(record.configs)))
      case 'producerIds':
        this.producerIdNext = record.next
        return
      case 'acl':
        this.acls.set(aclKey(record.acl), record.acl)
        return
      case 'aclDeleted':
        this.acls.delete(aclKey(record.acl))
        return
      default:
        unreachable(record)
    }
  }

  /** The shortest list of records that leads to this state. */
  *snapshot(): Generator<MetadataRecord> {
    for (const { name, id, partitions, configs } of this.topics.values()) {
      yield { kind: 'topic', name, id, partitions, configs: Object.fromEntries(configs) }
    }
    for (const [name, configs] of this.brokerConfigs) {
      yield { kind: 'configs', resource: 'broker', name, configs: Object.fromEntries(configs) }
    }
    for (const acl of this.acls.values()) yield { kind: 'acl', acl }
    if (this.producerIdNext > 0) yield { kind: 'producerIds', next: this.producerIdNext }
  }

  #applyConfigs(resource: 'topic' | 'broker', name: string, configs: ReadonlyMap<string, string>): void {
    if (resource === 'broker') {
      if (configs.size === 0) this.brokerConfigs.delete(name)
      else this.brokerConfigs.set(name, configs)
      return
    }
    const topic = this.topics.get(name)
    if (topic !== undefined) topic.configs = configs
  }
}
