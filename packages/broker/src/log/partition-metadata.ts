import { zeroUuid } from '@streamwright/protocol'

/** `partition.metadata`: the id of the topic that a partition's directory belongs to. */
export function encodePartitionMetadata(topicId: string): string {
  return `version: 0\ntopic_id: ${topicId}`
}

/** The zero id for a file that says nothing, such as one that a loss of power has left empty. */
export function decodePartitionMetadata(text: string): string {
  return /^version: \d+\ntopic_id: ([\w-]{22})\s*$/.exec(text)?.[1] ?? zeroUuid
}
