/** A partition as the cluster last described it. */
export interface PartitionMetadata {
  readonly partition: number
  /** The broker id of the leader; −1 while there is none. */
  readonly leader: number
  /** Grows with each leader; −1 from brokers that do not say. */
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly inSyncReplicas: readonly number[]
  readonly offlineReplicas: readonly number[]
  readonly errorCode: number
}

/** A topic as the cluster last described it. */
export interface TopicMetadata {
  readonly topic: string
  /** `zeroUuid` from brokers that do not know topic ids. */
  readonly topicId: string
  readonly isInternal: boolean
  /** By partition number. Empty if `errorCode` is not 0. */
  readonly partitions: readonly PartitionMetadata[]
  /** Why the topic cannot be used, such as `UNKNOWN_TOPIC_OR_PARTITION`; 0 if it can. */
  readonly errorCode: number
}

/** A broker of the cluster. */
export interface BrokerMetadata {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
}

/** The leader of a partition, and since when. */
export interface LeaderAndEpoch {
  readonly leader: number
  readonly leaderEpoch: number
}
