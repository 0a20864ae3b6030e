import type { QuotaEntity } from '../quotas/quota-entity.ts'
import type { Acl } from '../security/acl.ts'
import type { DelegationToken } from '../security/delegation-token.ts'
import type { ScramCredential } from '../security/scram-credential.ts'

/** One change of what the broker knows beside the logs. Appended to the metadata log as JSON; replayed at start. */
export type MetadataRecord =
  | TopicRecord
  | { readonly kind: 'topicDeleted'; readonly id: string }
  | { readonly kind: 'partitions'; readonly id: string; readonly count: number }
  | {
      readonly kind: 'configs'
      readonly resource: ConfiguredResource
      /** A name, a broker's number, or nothing for all brokers. */
      readonly name: string
      /** The whole set; an empty one removes it. */
      readonly configs: Readonly<Record<string, string>>
    }
  | { readonly kind: 'producerIds'; readonly next: number }
  | { readonly kind: 'scram'; readonly credential: ScramCredential }
  | { readonly kind: 'scramDeleted'; readonly user: string; readonly mechanism: number }
  | { readonly kind: 'delegationToken'; readonly token: DelegationToken }
  | { readonly kind: 'delegationTokenDeleted'; readonly tokenId: string }
  | { readonly kind: 'acl' | 'aclDeleted'; readonly acl: Acl }
  | {
      readonly kind: 'clientQuota'
      readonly entity: QuotaEntity
      /** The whole set; an empty one removes it. */
      readonly values: Readonly<Record<string, number>>
    }
  | { readonly kind: 'feature'; readonly name: string; readonly level: number; readonly epoch: number }
  /** How many records there have been before: written when older ones are left out. */
  | { readonly kind: 'offset'; readonly offset: number }

/** What has configurations. */
export type ConfiguredResource = 'topic' | 'broker' | 'group' | 'clientMetrics'

export interface TopicRecord {
  readonly kind: 'topic'
  readonly name: string
  readonly id: string
  readonly partitions: number
  readonly configs: Readonly<Record<string, string>>
}
