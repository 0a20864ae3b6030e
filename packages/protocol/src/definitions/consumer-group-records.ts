import type { FieldDefinition, MessageDefinition } from './definition.ts'

const topicPartitionsFields: readonly FieldDefinition[] = [
  { name: 'topicId', type: 'uuid', versions: '0+' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
  { name: 'assignmentEpochs', type: '[]int32', versions: '0+', nullable: true, tag: 0 },
]

export const consumerGroupCurrentMemberAssignmentKey: MessageDefinition = {
  name: 'ConsumerGroupCurrentMemberAssignmentKey',
  kind: 'coordinator-key',
  recordType: 8,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

export const consumerGroupCurrentMemberAssignmentValue: MessageDefinition = {
  name: 'ConsumerGroupCurrentMemberAssignmentValue',
  kind: 'coordinator-value',
  recordType: 8,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'memberEpoch', type: 'int32', versions: '0+' },
    { name: 'previousMemberEpoch', type: 'int32', versions: '0+' },
    { name: 'state', type: 'int8', versions: '0+' },
    { name: 'assignedPartitions', type: '[]TopicPartitions', versions: '0+', fields: topicPartitionsFields },
    { name: 'partitionsPendingRevocation', type: '[]TopicPartitions', versions: '0+', fields: topicPartitionsFields },
  ],
}

export const consumerGroupMemberMetadataKey: MessageDefinition = {
  name: 'ConsumerGroupMemberMetadataKey',
  kind: 'coordinator-key',
  recordType: 5,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

export const consumerGroupMemberMetadataValue: MessageDefinition = {
  name: 'ConsumerGroupMemberMetadataValue',
  kind: 'coordinator-value',
  recordType: 5,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'instanceId', type: 'string', versions: '0+', nullable: true },
    { name: 'rackId', type: 'string', versions: '0+', nullable: true },
    { name: 'clientId', type: 'string', versions: '0+' },
    { name: 'clientHost', type: 'string', versions: '0+' },
    { name: 'subscribedTopicNames', type: '[]string', versions: '0+' },
    { name: 'subscribedTopicRegex', type: 'string', versions: '0+', nullable: true },
    { name: 'rebalanceTimeoutMs', type: 'int32', versions: '0+', default: -1 },
    { name: 'serverAssignor', type: 'string', versions: '0+', nullable: true },
    {
      name: 'classicMemberMetadata',
      type: 'ClassicMemberMetadata',
      versions: '0+',
      nullable: true,
      tag: 0,
      fields: [
        { name: 'sessionTimeoutMs', type: 'int32', versions: '0+' },
        {
          name: 'supportedProtocols',
          type: '[]ClassicProtocol',
          versions: '0+',
          fields: [
            { name: 'name', type: 'string', versions: '0+' },
            { name: 'metadata', type: 'bytes', versions: '0+' },
          ],
        },
      ],
    },
  ],
}

export const consumerGroupMetadataKey: MessageDefinition = {
  name: 'ConsumerGroupMetadataKey',
  kind: 'coordinator-key',
  recordType: 3,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

export const consumerGroupMetadataValue: MessageDefinition = {
  name: 'ConsumerGroupMetadataValue',
  kind: 'coordinator-value',
  recordType: 3,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'epoch', type: 'int32', versions: '0+' },
    { name: 'metadataHash', type: 'int64', versions: '0+', tag: 0 },
  ],
}

export const consumerGroupPartitionMetadataKey: MessageDefinition = {
  name: 'ConsumerGroupPartitionMetadataKey',
  kind: 'coordinator-key',
  recordType: 4,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

export const consumerGroupPartitionMetadataValue: MessageDefinition = {
  name: 'ConsumerGroupPartitionMetadataValue',
  kind: 'coordinator-value',
  recordType: 4,
  versions: '0',
  flexible: '0+',
  fields: [
    {
      name: 'topics',
      type: '[]TopicMetadata',
      versions: '0+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '0+' },
        { name: 'topicName', type: 'string', versions: '0+' },
        { name: 'numPartitions', type: 'int32', versions: '0+' },
        {
          name: 'partitionMetadata',
          type: '[]PartitionMetadata',
          versions: '0+',
          fields: [
            { name: 'partition', type: 'int32', versions: '0+' },
            { name: 'racks', type: '[]string', versions: '0+' },
          ],
        },
      ],
    },
  ],
}

export const consumerGroupRegularExpressionKey: MessageDefinition = {
  name: 'ConsumerGroupRegularExpressionKey',
  kind: 'coordinator-key',
  recordType: 16,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'regularExpression', type: 'string', versions: '0+' },
  ],
}

export const consumerGroupRegularExpressionValue: MessageDefinition = {
  name: 'ConsumerGroupRegularExpressionValue',
  kind: 'coordinator-value',
  recordType: 16,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'topics', type: '[]string', versions: '0+' },
    { name: 'version', type: 'int64', versions: '0+' },
    { name: 'timestamp', type: 'int64', versions: '0+' },
  ],
}

export const consumerGroupTargetAssignmentMemberKey: MessageDefinition = {
  name: 'ConsumerGroupTargetAssignmentMemberKey',
  kind: 'coordinator-key',
  recordType: 7,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

export const consumerGroupTargetAssignmentMemberValue: MessageDefinition = {
  name: 'ConsumerGroupTargetAssignmentMemberValue',
  kind: 'coordinator-value',
  recordType: 7,
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

export const consumerGroupTargetAssignmentMetadataKey: MessageDefinition = {
  name: 'ConsumerGroupTargetAssignmentMetadataKey',
  kind: 'coordinator-key',
  recordType: 6,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

export const consumerGroupTargetAssignmentMetadataValue: MessageDefinition = {
  name: 'ConsumerGroupTargetAssignmentMetadataValue',
  kind: 'coordinator-value',
  recordType: 6,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'assignmentEpoch', type: 'int32', versions: '0+' },
    { name: 'assignmentTimestamp', type: 'int64', versions: '0+', tag: 0, ignorable: true },
  ],
}
