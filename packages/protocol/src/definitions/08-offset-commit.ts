import type { ApiDefinition } from './definition.ts'

export const offsetCommit: ApiDefinition = {
  key: 8,
  name: 'OffsetCommit',
  versions: '2-10',
  flexible: '8+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '2+', entity: 'groupId' },
    { name: 'generationIdOrMemberEpoch', type: 'int32', versions: '2+', default: -1, ignorable: true },
    { name: 'memberId', type: 'string', versions: '2+', ignorable: true },
    { name: 'groupInstanceId', type: 'string', versions: '7+', nullable: true, default: null },
    { name: 'retentionTimeMs', type: 'int64', versions: '2-4', default: -1n, ignorable: true },
    {
      name: 'topics',
      type: '[]OffsetCommitRequestTopic',
      versions: '2+',
      fields: [
        { name: 'name', type: 'string', versions: '2-9', ignorable: true, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '10+', ignorable: true },
        {
          name: 'partitions',
          type: '[]OffsetCommitRequestPartition',
          versions: '2+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '2+' },
            { name: 'committedOffset', type: 'int64', versions: '2+' },
            { name: 'committedLeaderEpoch', type: 'int32', versions: '6+', default: -1, ignorable: true },
            { name: 'committedMetadata', type: 'string', versions: '2+', nullable: true },
          ],
        },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '3+', ignorable: true },
    {
      name: 'topics',
      type: '[]OffsetCommitResponseTopic',
      versions: '2+',
      fields: [
        { name: 'name', type: 'string', versions: '2-9', ignorable: true, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '10+', ignorable: true },
        {
          name: 'partitions',
          type: '[]OffsetCommitResponsePartition',
          versions: '2+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '2+' },
            { name: 'errorCode', type: 'int16', versions: '2+' },
          ],
        },
      ],
    },
  ],
}
