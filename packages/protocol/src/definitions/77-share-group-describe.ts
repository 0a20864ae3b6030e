import type { ApiDefinition } from './definition.ts'

export const shareGroupDescribe: ApiDefinition = {
  key: 77,
  name: 'ShareGroupDescribe',
  versions: '1',
  flexible: '1+',
  listeners: ['broker'],
  request: [
    { name: 'groupIds', type: '[]string', versions: '1+', entity: 'groupId' },
    { name: 'includeAuthorizedOperations', type: 'bool', versions: '1+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
    {
      name: 'groups',
      type: '[]DescribedGroup',
      versions: '1+',
      fields: [
        { name: 'errorCode', type: 'int16', versions: '1+' },
        { name: 'errorMessage', type: 'string', versions: '1+', nullable: true, default: null },
        { name: 'groupId', type: 'string', versions: '1+', entity: 'groupId' },
        { name: 'groupState', type: 'string', versions: '1+' },
        { name: 'groupEpoch', type: 'int32', versions: '1+' },
        { name: 'assignmentEpoch', type: 'int32', versions: '1+' },
        { name: 'assignorName', type: 'string', versions: '1+' },
        {
          name: 'members',
          type: '[]Member',
          versions: '1+',
          fields: [
            { name: 'memberId', type: 'string', versions: '1+' },
            { name: 'rackId', type: 'string', versions: '1+', nullable: true, default: null },
            { name: 'memberEpoch', type: 'int32', versions: '1+' },
            { name: 'clientId', type: 'string', versions: '1+' },
            { name: 'clientHost', type: 'string', versions: '1+' },
            { name: 'subscribedTopicNames', type: '[]string', versions: '1+', entity: 'topicName' },
            {
              name: 'assignment',
              type: 'Assignment',
              versions: '1+',
              fields: [
                {
                  name: 'topicPartitions',
                  type: '[]TopicPartitions',
                  versions: '1+',
                  fields: [
                    { name: 'topicId', type: 'uuid', versions: '1+' },
                    { name: 'topicName', type: 'string', versions: '1+', entity: 'topicName' },
                    { name: 'partitions', type: '[]int32', versions: '1+' },
                  ],
                },
              ],
            },
          ],
        },
        { name: 'authorizedOperations', type: 'int32', versions: '1+', default: -2147483648 },
      ],
    },
  ],
}
