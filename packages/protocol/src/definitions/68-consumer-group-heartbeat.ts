import type { ApiDefinition } from './definition.ts'

export const consumerGroupHeartbeat: ApiDefinition = {
  key: 68,
  name: 'ConsumerGroupHeartbeat',
  versions: '0-1',
  flexible: '0+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '0+', entity: 'groupId' },
    { name: 'memberId', type: 'string', versions: '0+' },
    { name: 'memberEpoch', type: 'int32', versions: '0+' },
    { name: 'instanceId', type: 'string', versions: '0+', nullable: true, default: null },
    { name: 'rackId', type: 'string', versions: '0+', nullable: true, default: null },
    { name: 'rebalanceTimeoutMs', type: 'int32', versions: '0+', default: -1 },
    {
      name: 'subscribedTopicNames',
      type: '[]string',
      versions: '0+',
      nullable: true,
      default: null,
      entity: 'topicName',
    },
    { name: 'subscribedTopicRegex', type: 'string', versions: '1+', nullable: true, default: null },
    { name: 'serverAssignor', type: 'string', versions: '0+', nullable: true, default: null },
    {
      name: 'topicPartitions',
      type: '[]TopicPartitions',
      versions: '0+',
      nullable: true,
      default: null,
      fields: [
        { name: 'topicId', type: 'uuid', versions: '0+' },
        { name: 'partitions', type: '[]int32', versions: '0+' },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'errorMessage', type: 'string', versions: '0+', nullable: true, default: null },
    { name: 'memberId', type: 'string', versions: '0+', nullable: true, default: null },
    { name: 'memberEpoch', type: 'int32', versions: '0+' },
    { name: 'heartbeatIntervalMs', type: 'int32', versions: '0+' },
    {
      name: 'assignment',
      type: 'Assignment',
      versions: '0+',
      nullable: true,
      default: null,
      fields: [
        {
          name: 'topicPartitions',
          type: '[]TopicPartitions',
          versions: '0+',
          fields: [
            { name: 'topicId', type: 'uuid', versions: '0+' },
            { name: 'partitions', type: '[]int32', versions: '0+' },
          ],
        },
      ],
    },
  ],
}
