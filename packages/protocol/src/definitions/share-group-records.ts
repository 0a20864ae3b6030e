import type { FieldDefinition, MessageDefinition } from './definition.ts'

const topicPartitionsInfoFields: readonly FieldDefinition[] = [
  { name: 'topicId', type: 'uuid', versions: '0+' },
  { name: 'topicName', type: 'string', versions: '0+' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
]

export const shareGroupCurrentMemberAssignmentKey: MessageDefinition = {
  name: 'ShareGroupCurrentMemberAssignmentKey',
  kind: 'coordinator-key',
  recordType: 14,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

export const shareGroupCurrentMemberAssignmentValue: MessageDefinition = {
  name: 'ShareGroupCurrentMemberAssignmentValue',
  kind: 'coordinator-value',
  recordType: 14,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'memberEpoch', type: 'int32', versions: '0+' },
    { name: 'previousMemberEpoch', type: 'int32', versions: '0+' },
    { name: 'state', type: 'int8', versions: '0+' },
    {
      name: 'assignedPartitions',
      type: '[]TopicPartitions',
      versions: '0+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '0+' },
        { name: 'partitions', type: '[]int32', versions: '0+' },
      ],
    },
  ],
}

export const shareGroupMemberMetadataKey: MessageDefinition = {
  name: 'ShareGroupMemberMetadataKey',
  kind: 'coordinator-key',
  recordType: 10,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

export const shareGroupMemberMetadataValue: MessageDefinition = {
  name: 'ShareGroupMemberMetadataValue',
  kind: 'coordinator-value',
  recordType: 10,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'rackId', type: 'string', versions: '0+', nullable: true },
    { name: 'clientId', type: 'string', versions: '0+' },
    { name: 'clientHost', type: 'string', versions: '0+' },
    { name: 'subscribedTopicNames', type: '[]string', versions: '0+' },
  ],
}

export const shareGroupMetadataKey: MessageDefinition = {
  name: 'ShareGroupMetadataKey',
  kind: 'coordinator-key',
  recordType: 11,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

export const shareGroupMetadataValue: MessageDefinition = {
  name: 'ShareGroupMetadataValue',
  kind: 'coordinator-value',
  recordType: 11,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'epoch', type: 'int32', versions: '0+' },
    { name: 'metadataHash', type: 'int64', versions: '0+' },
  ],
}

export const shareGroupStatePartitionMetadataKey: MessageDefinition = {
  name: 'ShareGroupStatePartitionMetadataKey',
  kind: 'coordinator-key',
  recordType: 15,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

export const shareGroupStatePartitionMetadataValue: MessageDefinition = {
  name: 'ShareGroupStatePartitionMetadataValue',
  kind: 'coordinator-value',
  recordType: 15,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'initializingTopics', type: '[]TopicPartitionsInfo', versions: '0+', fields: topicPartitionsInfoFields },
    { name: 'initializedTopics', type: '[]TopicPartitionsInfo', versions: '0+', fields: topicPartitionsInfoFields },
    {
      name: 'deletingTopics',
      type: '[]TopicInfo',
      versions: '0+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '0+' },
        { name: 'topicName', type: 'string', versions: '0+' },
      ],
    },
  ],
}

export const shareGroupTargetAssignmentMemberKey: MessageDefinition = {
  name: 'ShareGroupTargetAssignmentMemberKey',
  kind: 'coordinator-key',
  recordType: 13,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

export const shareGroupTargetAssignmentMemberValue: MessageDefinition = {
  name: 'ShareGroupTargetAssignmentMemberValue',
  kind: 'coordinator-value',
  recordType: 13,
  versions: '0',
  flexible: '0+',
  fields: [
    {
      name: 'topicPartitions',
      type: '[]TopicPartition',
      versions: '0+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '0+' },
        { name: 'partitions', type: '[]int32', versions: '0+' },
      ],
    },
  ],
}

export const shareGroupTargetAssignmentMetadataKey: MessageDefinition = {
  name: 'ShareGroupTargetAssignmentMetadataKey',
  kind: 'coordinator-key',
  recordType: 12,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

export const shareGroupTargetAssignmentMetadataValue: MessageDefinition = {
  name: 'ShareGroupTargetAssignmentMetadataValue',
  kind: 'coordinator-value',
  recordType: 12,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'assignmentEpoch', type: 'int32', versions: '0+' },
    { name: 'assignmentTimestamp', type: 'int64', versions: '0+', tag: 0, ignorable: true },
  ],
}
