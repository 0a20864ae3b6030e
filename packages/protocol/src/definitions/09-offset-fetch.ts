import type { ApiDefinition } from './definition.ts'

export const offsetFetch: ApiDefinition = {
  key: 9,
  name: 'OffsetFetch',
  versions: '1-10',
  flexible: '6+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '1-7', entity: 'groupId' },
    {
      name: 'topics',
      type: '[]OffsetFetchRequestTopic',
      versions: '1-7',
      nullable: '2-7',
      fields: [
        { name: 'name', type: 'string', versions: '1-7', entity: 'topicName' },
        { name: 'partitionIndexes', type: '[]int32', versions: '1-7' },
      ],
    },
    {
      name: 'groups',
      type: '[]OffsetFetchRequestGroup',
      versions: '8+',
      fields: [
        { name: 'groupId', type: 'string', versions: '8+', entity: 'groupId' },
        { name: 'memberId', type: 'string', versions: '9+', nullable: true, default: null, ignorable: true },
        { name: 'memberEpoch', type: 'int32', versions: '9+', default: -1, ignorable: true },
        {
          name: 'topics',
          type: '[]OffsetFetchRequestTopics',
          versions: '8+',
          nullable: true,
          fields: [
            { name: 'name', type: 'string', versions: '8-9', ignorable: true, entity: 'topicName' },
            { name: 'topicId', type: 'uuid', versions: '10+', ignorable: true },
            { name: 'partitionIndexes', type: '[]int32', versions: '8+' },
          ],
        },
      ],
    },
    { name: 'requireStable', type: 'bool', versions: '7+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '3+', ignorable: true },
    {
      name: 'topics',
      type: '[]OffsetFetchResponseTopic',
      versions: '1-7',
      fields: [
        { name: 'name', type: 'string', versions: '1-7', entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]OffsetFetchResponsePartition',
          versions: '1-7',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '1-7' },
            { name: 'committedOffset', type: 'int64', versions: '1-7' },
            { name: 'committedLeaderEpoch', type: 'int32', versions: '5-7', default: -1, ignorable: true },
            { name: 'metadata', type: 'string', versions: '1-7', nullable: true },
            { name: 'errorCode', type: 'int16', versions: '1-7' },
          ],
        },
      ],
    },
    { name: 'errorCode', type: 'int16', versions: '2-7', ignorable: true },
    {
      name: 'groups',
      type: '[]OffsetFetchResponseGroup',
      versions: '8+',
      fields: [
        { name: 'groupId', type: 'string', versions: '8+', entity: 'groupId' },
        {
          name: 'topics',
          type: '[]OffsetFetchResponseTopics',
          versions: '8+',
          fields: [
            { name: 'name', type: 'string', versions: '8-9', ignorable: true, entity: 'topicName' },
            { name: 'topicId', type: 'uuid', versions: '10+', ignorable: true },
            {
              name: 'partitions',
              type: '[]OffsetFetchResponsePartitions',
              versions: '8+',
              fields: [
                { name: 'partitionIndex', type: 'int32', versions: '8+' },
                { name: 'committedOffset', type: 'int64', versions: '8+' },
                { name: 'committedLeaderEpoch', type: 'int32', versions: '8+', default: -1, ignorable: true },
                { name: 'metadata', type: 'string', versions: '8+', nullable: true },
                { name: 'errorCode', type: 'int16', versions: '8+' },
              ],
            },
          ],
        },
        { name: 'errorCode', type: 'int16', versions: '8+' },
      ],
    },
  ],
}
