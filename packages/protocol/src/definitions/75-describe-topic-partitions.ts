import type { ApiDefinition } from './definition.ts'

export const describeTopicPartitions: ApiDefinition = {
  key: 75,
  name: 'DescribeTopicPartitions',
  versions: '0',
  flexible: '0+',
  listeners: ['broker'],
  request: [
    {
      name: 'topics',
      type: '[]TopicRequest',
      versions: '0+',
      fields: [{ name: 'name', type: 'string', versions: '0+', entity: 'topicName' }],
    },
    { name: 'responsePartitionLimit', type: 'int32', versions: '0+', default: 2000 },
    {
      name: 'cursor',
      type: 'Cursor',
      versions: '0+',
      nullable: true,
      default: null,
      fields: [
        { name: 'topicName', type: 'string', versions: '0+', entity: 'topicName' },
        { name: 'partitionIndex', type: 'int32', versions: '0+' },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+', ignorable: true },
    {
      name: 'topics',
      type: '[]DescribeTopicPartitionsResponseTopic',
      versions: '0+',
      fields: [
        { name: 'errorCode', type: 'int16', versions: '0+' },
        { name: 'name', type: 'string', versions: '0+', nullable: true, mapKey: true, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '0+', ignorable: true },
        { name: 'isInternal', type: 'bool', versions: '0+', ignorable: true },
        {
          name: 'partitions',
          type: '[]DescribeTopicPartitionsResponsePartition',
          versions: '0+',
          fields: [
            { name: 'errorCode', type: 'int16', versions: '0+' },
            { name: 'partitionIndex', type: 'int32', versions: '0+' },
            { name: 'leaderId', type: 'int32', versions: '0+', entity: 'brokerId' },
            { name: 'leaderEpoch', type: 'int32', versions: '0+', default: -1, ignorable: true },
            { name: 'replicaNodes', type: '[]int32', versions: '0+', entity: 'brokerId' },
            { name: 'isrNodes', type: '[]int32', versions: '0+', entity: 'brokerId' },
            {
              name: 'eligibleLeaderReplicas',
              type: '[]int32',
              versions: '0+',
              nullable: true,
              default: null,
              entity: 'brokerId',
            },
            {
              name: 'lastKnownElr',
              type: '[]int32',
              versions: '0+',
              nullable: true,
              default: null,
              entity: 'brokerId',
            },
            { name: 'offlineReplicas', type: '[]int32', versions: '0+', ignorable: true, entity: 'brokerId' },
          ],
        },
        { name: 'topicAuthorizedOperations', type: 'int32', versions: '0+', default: -2147483648 },
      ],
    },
    {
      name: 'nextCursor',
      type: 'Cursor',
      versions: '0+',
      nullable: true,
      default: null,
      fields: [
        { name: 'topicName', type: 'string', versions: '0+', entity: 'topicName' },
        { name: 'partitionIndex', type: 'int32', versions: '0+' },
      ],
    },
  ],
}
