import type { ApiDefinition } from './definition.ts'

export const listPartitionReassignments: ApiDefinition = {
  key: 46,
  name: 'ListPartitionReassignments',
  versions: '0',
  flexible: '0+',
  listeners: ['broker', 'controller'],
  forwardable: true,
  request: [
    { name: 'timeoutMs', type: 'int32', versions: '0+', default: 60000 },
    {
      name: 'topics',
      type: '[]ListPartitionReassignmentsTopics',
      versions: '0+',
      nullable: true,
      default: null,
      fields: [
        { name: 'name', type: 'string', versions: '0+', entity: 'topicName' },
        { name: 'partitionIndexes', type: '[]int32', versions: '0+' },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'errorMessage', type: 'string', versions: '0+', nullable: true },
    {
      name: 'topics',
      type: '[]OngoingTopicReassignment',
      versions: '0+',
      fields: [
        { name: 'name', type: 'string', versions: '0+', entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]OngoingPartitionReassignment',
          versions: '0+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '0+' },
            { name: 'replicas', type: '[]int32', versions: '0+', entity: 'brokerId' },
            { name: 'addingReplicas', type: '[]int32', versions: '0+', entity: 'brokerId' },
            { name: 'removingReplicas', type: '[]int32', versions: '0+', entity: 'brokerId' },
          ],
        },
      ],
    },
  ],
}
