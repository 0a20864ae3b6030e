import type { ApiDefinition, FieldDefinition } from './definition.ts'

const keyValueFields: readonly FieldDefinition[] = [
  { name: 'key', type: 'string', versions: '0+' },
  { name: 'value', type: 'string', versions: '0+' },
]

const topicInfoFields: readonly FieldDefinition[] = [
  { name: 'name', type: 'string', versions: '0+', entity: 'topicName' },
  { name: 'partitions', type: 'int32', versions: '0+' },
  { name: 'replicationFactor', type: 'int16', versions: '0+' },
  { name: 'topicConfigs', type: '[]KeyValue', versions: '0+', fields: keyValueFields },
]

const taskOffsetFields: readonly FieldDefinition[] = [
  { name: 'subtopologyId', type: 'string', versions: '0+' },
  { name: 'partition', type: 'int32', versions: '0+' },
  { name: 'offset', type: 'int64', versions: '0+' },
]

const taskIdsFields: readonly FieldDefinition[] = [
  { name: 'subtopologyId', type: 'string', versions: '0+' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
]

const assignmentFields: readonly FieldDefinition[] = [
  { name: 'activeTasks', type: '[]TaskIds', versions: '0+', fields: taskIdsFields },
  { name: 'standbyTasks', type: '[]TaskIds', versions: '0+', fields: taskIdsFields },
  { name: 'warmupTasks', type: '[]TaskIds', versions: '0+', fields: taskIdsFields },
]

export const streamsGroupDescribe: ApiDefinition = {
  key: 89,
  name: 'StreamsGroupDescribe',
  versions: '0',
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
        {
          name: 'topology',
          type: 'Topology',
          versions: '0+',
          nullable: true,
          default: null,
          fields: [
            { name: 'epoch', type: 'int32', versions: '0+' },
            {
              name: 'subtopologies',
              type: '[]Subtopology',
              versions: '0+',
              nullable: true,
              default: null,
              fields: [
                { name: 'subtopologyId', type: 'string', versions: '0+' },
                { name: 'sourceTopics', type: '[]string', versions: '0+', entity: 'topicName' },
                { name: 'repartitionSinkTopics', type: '[]string', versions: '0+', entity: 'topicName' },
                { name: 'stateChangelogTopics', type: '[]TopicInfo', versions: '0+', fields: topicInfoFields },
                { name: 'repartitionSourceTopics', type: '[]TopicInfo', versions: '0+', fields: topicInfoFields },
              ],
            },
          ],
        },
        {
          name: 'members',
          type: '[]Member',
          versions: '0+',
          fields: [
            { name: 'memberId', type: 'string', versions: '0+' },
            { name: 'memberEpoch', type: 'int32', versions: '0+' },
            { name: 'instanceId', type: 'string', versions: '0+', nullable: true, default: null },
            { name: 'rackId', type: 'string', versions: '0+', nullable: true, default: null },
            { name: 'clientId', type: 'string', versions: '0+' },
            { name: 'clientHost', type: 'string', versions: '0+' },
            { name: 'topologyEpoch', type: 'int32', versions: '0+' },
            { name: 'processId', type: 'string', versions: '0+' },
            {
              name: 'userEndpoint',
              type: 'Endpoint',
              versions: '0+',
              nullable: true,
              default: null,
              fields: [
                { name: 'host', type: 'string', versions: '0+' },
                { name: 'port', type: 'uint16', versions: '0+' },
              ],
            },
            { name: 'clientTags', type: '[]KeyValue', versions: '0+', fields: keyValueFields },
            { name: 'taskOffsets', type: '[]TaskOffset', versions: '0+', fields: taskOffsetFields },
            { name: 'taskEndOffsets', type: '[]TaskOffset', versions: '0+', fields: taskOffsetFields },
            { name: 'assignment', type: 'Assignment', versions: '0+', fields: assignmentFields },
            { name: 'targetAssignment', type: 'Assignment', versions: '0+', fields: assignmentFields },
            { name: 'isClassic', type: 'bool', versions: '0+' },
          ],
        },
        { name: 'authorizedOperations', type: 'int32', versions: '0+', default: -2147483648 },
      ],
    },
  ],
}
