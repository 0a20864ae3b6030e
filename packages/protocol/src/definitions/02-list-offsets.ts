import type { ApiDefinition } from './definition.ts'

export const listOffsets: ApiDefinition = {
  key: 2,
  name: 'ListOffsets',
  versions: '1-11',
  flexible: '6+',
  listeners: ['broker'],
  request: [
    { name: 'replicaId', type: 'int32', versions: '1+', entity: 'brokerId' },
    { name: 'isolationLevel', type: 'int8', versions: '2+' },
    {
      name: 'topics',
      type: '[]ListOffsetsTopic',
      versions: '1+',
      fields: [
        { name: 'name', type: 'string', versions: '1+', entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]ListOffsetsPartition',
          versions: '1+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '1+' },
            { name: 'currentLeaderEpoch', type: 'int32', versions: '4+', default: -1, ignorable: true },
            { name: 'timestamp', type: 'int64', versions: '1+' },
          ],
        },
      ],
    },
    { name: 'timeoutMs', type: 'int32', versions: '10+', ignorable: true },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '2+', ignorable: true },
    {
      name: 'topics',
      type: '[]ListOffsetsTopicResponse',
      versions: '1+',
      fields: [
        { name: 'name', type: 'string', versions: '1+', entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]ListOffsetsPartitionResponse',
          versions: '1+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '1+' },
            { name: 'errorCode', type: 'int16', versions: '1+' },
            { name: 'timestamp', type: 'int64', versions: '1+', default: -1n },
            { name: 'offset', type: 'int64', versions: '1+', default: -1n },
            { name: 'leaderEpoch', type: 'int32', versions: '4+', default: -1 },
          ],
        },
      ],
    },
  ],
}
