import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { addRaftVoter } from '@streamwright/protocol/messages/add-raft-voter'
import type { DescribeQuorumResponseReplicaState } from '@streamwright/protocol/messages/describe-quorum'
import { describeQuorum } from '@streamwright/protocol/messages/describe-quorum'
import { removeRaftVoter } from '@streamwright/protocol/messages/remove-raft-voter'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'

const metadataTopic = '__cluster_metadata'

/** The controllers of a cluster, and how far each has read its metadata. */
export interface QuorumInfo {
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly highWatermark: number
  readonly voters: readonly QuorumReplica[]
  readonly observers: readonly QuorumReplica[]
  /** Where voters listen, by their ids. Empty from brokers that do not tell. */
  readonly nodes: ReadonlyMap<number, readonly QuorumEndpoint[]>
}

/** A node that reads the cluster's metadata. */
export interface QuorumReplica {
  readonly replicaId: number
  readonly directoryId: string
  readonly logEndOffset: number
  /** Milliseconds since 1970; undefined if the broker does not tell. */
  readonly lastFetchMs: number | undefined
  readonly lastCaughtUpMs: number | undefined
}

export interface QuorumEndpoint {
  readonly name: string
  readonly host: string
  readonly port: number
}

/** A controller with its directory. */
export interface RaftVoter {
  readonly id: number
  /** As `kafka-storage format` gave it. */
  readonly directoryId: string
}

export interface RaftVoterOptions extends AdminOptions {
  /** Refuse if the cluster has another id. */
  readonly clusterId?: string
}

export function describeMetadataQuorum(calls: AdminCalls, options: AdminOptions): Promise<QuorumInfo> {
  return calls.whole('Describing the quorum', options, async (timeoutMs) => {
    const topics = [{ topicName: metadataTopic, partitions: [{ partitionIndex: 0 }] }]
    const response = await calls.cluster.send('any', describeQuorum, { topics }, { timeoutMs })
    throwIfFailed(response, 'Describing the quorum')
    const partition = response.topics.find(({ topicName }) => topicName === metadataTopic)?.partitions[0]
    if (partition === undefined)
      throw kafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, 'The broker did not describe the quorum')
    throwIfFailed(partition, metadataTopic)
    const { leaderId, leaderEpoch, highWatermark, currentVoters, observers } = partition
    return {
      leaderId,
      leaderEpoch,
      highWatermark: Number(highWatermark),
      voters: currentVoters.map(replicaOf),
      observers: observers.map(replicaOf),
      nodes: new Map(
        response.nodes.map(({ nodeId, listeners }) => [
          nodeId,
          listeners.map(({ name, host, port }) => ({ name, host, port })),
        ]),
      ),
    }
  })
}

export function addVoter(
  calls: AdminCalls,
  voter: RaftVoter & { readonly endpoints: readonly QuorumEndpoint[] },
  options: RaftVoterOptions,
): Promise<void> {
  return calls.whole('Adding a voter', options, async (timeoutMs) => {
    const request = {
      clusterId: options.clusterId ?? null,
      timeoutMs,
      voterId: voter.id,
      voterDirectoryId: voter.directoryId,
      listeners: voter.endpoints,
    }
    const response = await calls.cluster.send('any', addRaftVoter, request, { timeoutMs })
    throwIfFailed(response, `voter ${voter.id}`)
  })
}

export function removeVoter(calls: AdminCalls, voter: RaftVoter, options: RaftVoterOptions): Promise<void> {
  return calls.whole('Removing a voter', options, async (timeoutMs) => {
    const request = {
      clusterId: options.clusterId ?? null,
      voterId: voter.id,
      voterDirectoryId: voter.directoryId,
    }
    const response = await calls.cluster.send('any', removeRaftVoter, request, { timeoutMs })
    throwIfFailed(response, `voter ${voter.id}`)
  })
}

function replicaOf(state: DescribeQuorumResponseReplicaState): QuorumReplica {
  const time = (value: bigint): number | undefined => (value < 0n ? undefined : Number(value))
  return {
    replicaId: state.replicaId,
    directoryId: state.replicaDirectoryId,
    logEndOffset: Number(state.logEndOffset),
    lastFetchMs: time(state.lastFetchTimestamp),
    lastCaughtUpMs: time(state.lastCaughtUpTimestamp),
  }
}

function throwIfFailed(
  { errorCode, errorMessage }: { readonly errorCode: number; readonly errorMessage: string | null },
  about: string,
): void {
  const failure = outcome(null, errorCode, about, errorMessage === '' ? null : errorMessage)
  if (failure !== null) throw failure
}
