import type { ApiDefinition, FieldDefinition } from './definition.ts'

const topicPartitionsFields: readonly FieldDefinition[] = [
  { name: 'topicId', type: 'uuid', versions: '0+' },
  { name: 'topicName', type: 'string', versions: '0+', entity: 'topicName' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
]

const assignmentFields: readonly FieldDefinition[] = [
  { name: 'topicPartitions', type: '[]TopicPartitions', versions: '0+', fields: topicPartitionsFields },
]

export const consumerGroupDescribe: ApiDefinition = {
  key: 69,
  name: 'ConsumerGroupDescribe',
  versions: '0-1',
  flexible: '0+',
  listeners: ['broker'],
  request: [
    { name: 'groupIds', type: '[]string', versions: '0+', entity: 'groupId' },
    { name: 'includeAuthorizedOperations', type: 'bool', versions: '0+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    {
      name: 'groups',
      type: '[]DescribedGroup',
      versions: '0+',
      fields: [
        { name: 'errorCode', type: 'int16', versions: '0+' },
        { name: 'errorMessage', type: 'string', versions: '0+', nullable: true, default: null },
        { name: 'groupId', type: 'string', versions: '0+', entity: 'groupId' },
        { name: 'groupState', type: 'string', versions: '0+' },
        { name: 'groupEpoch', type: 'int32', versions: '0+' },
        { name: 'assignmentEpoch', type: 'int32', versions: '0+' },
        { name: 'assignorName', type: 'string', versions: '0+' },
        {
          name: 'members',
          type: '[]Member',
          versions: '0+',
          fields: [
            { name: 'memberId', type: 'string', versions: '0+' },
            { name: 'instanceId', type: 'string', versions: '0+', nullable: true, default: null },
            { name: 'rackId', type: 'string', versions: '0+', nullable: true, default: null },
            { name: 'memberEpoch', type: 'int32', versions: '0+' },
            { name: 'clientId', type: 'string', versions: '0+' },
            { name: 'clientHost', type: 'string', versions: '0+' },
            { name: 'subscribedTopicNames', type: '[]string', versions: '0+', entity: 'topicName' },
            { name: 'subscribedTopicRegex', type: 'string', versions: '0+', nullable: true, default: null },
            { name: 'assignment', type: 'Assignment', versions: '0+', fields: assignmentFields },
            { name: 'targetAssignment', type: 'Assignment', versions: '0+', fields: assignmentFields },
            { name: 'memberType', type: 'int8', versions: '1+', default: -1, ignorable: true },
          ],
        },
        { name: 'authorizedOperations', type: 'int32', versions: '0+', default: -2147483648 },
      ],
    },
  ],
}
