import { ErrorCode } from '@streamwright/protocol'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'

/** Before `kraft.version` 1 the voters of the quorum are those of the configuration, once and for all. */
export function quorumIsFixed({ features }: BrokerServices, what: 'adding' | 'removing'): Refusal | undefined {
  const level = features.level('kraft.version')
  if (level > 0) return undefined
  const errorMessage = `Cluster doesn't support ${what} voter because the kraft.version feature is ${level}`
  return { errorCode: ErrorCode.UNSUPPORTED_VERSION, errorMessage }
}

/** Why a request that names its cluster is not for this one. */
export function isOfOtherCluster({ clusterId }: BrokerServices, named: string | null): Refusal | undefined {
  if (named === null || named === clusterId) return undefined
  const errorMessage = `The given id "${named}" doesn't match the cluster id "${clusterId}"`
  return { errorCode: ErrorCode.INCONSISTENT_CLUSTER_ID, errorMessage }
}

/** A voter as Kafka's messages show it. */
export function voterText(id: number, directoryId: string): string {
  return `ReplicaKey(id=${id}, directoryId=${directoryId})`
}
