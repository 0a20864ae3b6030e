import { assert, unreachable } from '@streamwright/std'
import type { EntityQuotas } from '../quotas/quota-entity.ts'
import { entityKey } from '../quotas/quota-entity.ts'
import type { Acl } from '../security/acl.ts'
import { aclKey } from '../security/acl.ts'
import type { DelegationToken } from '../security/delegation-token.ts'
import type { ScramCredential } from '../security/scram-credential.ts'
import { scramCredentialKey } from '../security/scram-credential.ts'
import type { ConfiguredResource, MetadataRecord } from './metadata-record.ts'

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
  /** What is kept of users' passwords, by user and mechanism. */
  readonly scramCredentials: Map<string, ScramCredential> = new Map()
  /** By id. */
  readonly delegationTokens: Map<string, DelegationToken> = new Map()
  /** Configurations of groups and of subscriptions to client metrics, by name. */
  readonly groupConfigs: Map<string, ReadonlyMap<string, string>> = new Map()
  readonly clientMetricsConfigs: Map<string, ReadonlyMap<string, string>> = new Map()
  /** Levels of features that were changed, and how often any was. */
  readonly featureLevels: Map<string, number> = new Map()
  featureEpoch = 1
  /** How many records there have been since the broker was new. */
  offset = 0
  /** Quotas of users, clients and addresses by what makes them equal. */
  readonly clientQuotas: Map<string, EntityQuotas> = new Map()
  /** The first producer id that was not given out in a block. */
  producerIdNext = 0
  readonly #namesById = new Map<string, string>()

  topicById(id: string): TopicState | undefined {
    const name = this.#namesById.get(id)
    return name === undefined ? undefined : this.topics.get(name)
  }

  apply(record: MetadataRecord): void {
    this.offset++
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
      case 'scram':
        this.scramCredentials.set(scramCredentialKey(record.credential), record.credential)
        return
      case 'scramDeleted':
        this.scramCredentials.delete(scramCredentialKey(record))
        return
      case 'delegationToken':
        this.delegationTokens.set(record.token.tokenId, record.token)
        return
      case 'delegationTokenDeleted':
        this.delegationTokens.delete(record.tokenId)
        return
      case 'acl':
        this.acls.set(aclKey(record.acl), record.acl)
        return
      case 'clientQuota': {
        const { entity } = record
        const values = new Map(Object.entries(record.values))
        if (values.size === 0) this.clientQuotas.delete(entityKey(entity))
        else this.clientQuotas.set(entityKey(entity), { entity, values })
        return
      }
      case 'aclDeleted':
        this.acls.delete(aclKey(record.acl))
        return
      case 'feature':
        this.featureLevels.set(record.name, record.level)
        this.featureEpoch = record.epoch
        return
      case 'offset':
        this.offset = record.offset
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
    for (const resource of ['broker', 'group', 'clientMetrics'] as const) {
      for (const [name, configs] of this.#configsOf(resource)) {
        yield { kind: 'configs', resource, name, configs: Object.fromEntries(configs) }
      }
    }
    for (const acl of this.acls.values()) yield { kind: 'acl', acl }
    for (const credential of this.scramCredentials.values()) yield { kind: 'scram', credential }
    for (const token of this.delegationTokens.values()) yield { kind: 'delegationToken', token }
    for (const [name, level] of this.featureLevels) yield { kind: 'feature', name, level, epoch: this.featureEpoch }
    for (const { entity, values } of this.clientQuotas.values()) {
      yield { kind: 'clientQuota', entity, values: Object.fromEntries(values) }
    }
    if (this.producerIdNext > 0) yield { kind: 'producerIds', next: this.producerIdNext }
    yield { kind: 'offset', offset: this.offset }
  }

  #configsOf(resource: Exclude<ConfiguredResource, 'topic'>): Map<string, ReadonlyMap<string, string>> {
    if (resource === 'broker') return this.brokerConfigs
    return resource === 'group' ? this.groupConfigs : this.clientMetricsConfigs
  }

  #applyConfigs(resource: ConfiguredResource, name: string, configs: ReadonlyMap<string, string>): void {
    if (resource !== 'topic') {
      if (configs.size === 0) this.#configsOf(resource).delete(name)
      else this.#configsOf(resource).set(name, configs)
      return
    }
    const topic = this.topics.get(name)
    if (topic !== undefined) topic.configs = configs
  }
}
