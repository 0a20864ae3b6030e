import type { ApiDefinition } from './definition.ts'

export const offsetForLeaderEpoch: ApiDefinition = {
  key: 23,
  name: 'OffsetForLeaderEpoch',
  versions: '2-4',
  flexible: '4+',
  listeners: ['broker'],
  request: [
    { name: 'replicaId', type: 'int32', versions: '3+', default: -2, ignorable: true, entity: 'brokerId' },
    {
      name: 'topics',
      type: '[]OffsetForLeaderTopic',
      versions: '2+',
      fields: [
        { name: 'topic', type: 'string', versions: '2+', mapKey: true, entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]OffsetForLeaderPartition',
          versions: '2+',
          fields: [
            { name: 'partition', type: 'int32', versions: '2+' },
            { name: 'currentLeaderEpoch', type: 'int32', versions: '2+', default: -1, ignorable: true },
            { name: 'leaderEpoch', type: 'int32', versions: '2+' },
          ],
        },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '2+', ignorable: true },
    {
      name: 'topics',
      type: '[]OffsetForLeaderTopicResult',
      versions: '2+',
      fields: [
        { name: 'topic', type: 'string', versions: '2+', mapKey: true, entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]EpochEndOffset',
          versions: '2+',
          fields: [
            { name: 'errorCode', type: 'int16', versions: '2+' },
            { name: 'partition', type: 'int32', versions: '2+' },
            { name: 'leaderEpoch', type: 'int32', versions: '2+', default: -1, ignorable: true },
            { name: 'endOffset', type: 'int64', versions: '2+', default: -1n },
          ],
        },
      ],
    },
  ],
}
