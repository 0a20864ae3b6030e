import type { MessageDefinition } from './definition.ts'

export const consumerProtocolAssignment: MessageDefinition = {
  name: 'ConsumerProtocolAssignment',
  kind: 'data',
  versions: '0-3',
  fields: [
    {
      name: 'assignedPartitions',
      type: '[]TopicPartition',
      versions: '0+',
      fields: [
        { name: 'topic', type: 'string', versions: '0+', mapKey: true, entity: 'topicName' },
        { name: 'partitions', type: '[]int32', versions: '0+' },
      ],
    },
    { name: 'userData', type: 'bytes', versions: '0+', nullable: true, default: null },
  ],
}

export const consumerProtocolSubscription: MessageDefinition = {
  name: 'ConsumerProtocolSubscription',
  kind: 'data',
  versions: '0-3',
  fields: [
    { name: 'topics', type: '[]string', versions: '0+' },
    { name: 'userData', type: 'bytes', versions: '0+', nullable: true, default: null },
    {
      name: 'ownedPartitions',
      type: '[]TopicPartition',
      versions: '1+',
      ignorable: true,
      fields: [
        { name: 'topic', type: 'string', versions: '1+', mapKey: true, entity: 'topicName' },
        { name: 'partitions', type: '[]int32', versions: '1+' },
      ],
    },
    { name: 'generationId', type: 'int32', versions: '2+', default: -1, ignorable: true },
    { name: 'rackId', type: 'string', versions: '3+', nullable: true, default: null, ignorable: true },
  ],
}
