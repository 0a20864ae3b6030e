import type { ApiDefinition } from './definition.ts'

export const shareGroupHeartbeat: ApiDefinition = {
  key: 76,
  name: 'ShareGroupHeartbeat',
  versions: '1',
  flexible: '1+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '1+', entity: 'groupId' },
    { name: 'memberId', type: 'string', versions: '1+' },
    { name: 'memberEpoch', type: 'int32', versions: '1+' },
    { name: 'rackId', type: 'string', versions: '1+', nullable: true, default: null },
    {
      name: 'subscribedTopicNames',
      type: '[]string',
      versions: '1+',
      nullable: true,
      default: null,
      entity: 'topicName',
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
    { name: 'errorCode', type: 'int16', versions: '1+' },
    { name: 'errorMessage', type: 'string', versions: '1+', nullable: true, default: null },
    { name: 'memberId', type: 'string', versions: '1+', nullable: true, default: null },
    { name: 'memberEpoch', type: 'int32', versions: '1+' },
    { name: 'heartbeatIntervalMs', type: 'int32', versions: '1+' },
    {
      name: 'assignment',
      type: 'Assignment',
      versions: '1+',
      nullable: true,
      default: null,
      fields: [
        {
          name: 'topicPartitions',
          type: '[]TopicPartitions',
          versions: '1+',
          fields: [
            { name: 'topicId', type: 'uuid', versions: '1+' },
            { name: 'partitions', type: '[]int32', versions: '1+' },
          ],
        },
      ],
    },
  ],
}
