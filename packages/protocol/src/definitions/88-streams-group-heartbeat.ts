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

const taskIdsFields: readonly FieldDefinition[] = [
  { name: 'subtopologyId', type: 'string', versions: '0+' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
]

const taskOffsetFields: readonly FieldDefinition[] = [
  { name: 'subtopologyId', type: 'string', versions: '0+' },
  { name: 'partition', type: 'int32', versions: '0+' },
  { name: 'offset', type: 'int64', versions: '0+' },
]

const topicPartitionFields: readonly FieldDefinition[] = [
  { name: 'topic', type: 'string', versions: '0+', entity: 'topicName' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
]

export const streamsGroupHeartbeat: ApiDefinition = {
  key: 88,
  name: 'StreamsGroupHeartbeat',
  versions: '0',
  flexible: '0+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '0+', entity: 'groupId' },
    { name: 'memberId', type: 'string', versions: '0+' },
    { name: 'memberEpoch', type: 'int32', versions: '0+' },
    { name: 'endpointInformationEpoch', type: 'int32', versions: '0+' },
    { name: 'instanceId', type: 'string', versions: '0+', nullable: true, default: null },
    { name: 'rackId', type: 'string', versions: '0+', nullable: true, default: null },
    { name: 'rebalanceTimeoutMs', type: 'int32', versions: '0+', default: -1 },
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
          fields: [
            { name: 'subtopologyId', type: 'string', versions: '0+' },
            { name: 'sourceTopics', type: '[]string', versions: '0+', entity: 'topicName' },
            { name: 'sourceTopicRegex', type: '[]string', versions: '0+' },
            { name: 'stateChangelogTopics', type: '[]TopicInfo', versions: '0+', fields: topicInfoFields },
            { name: 'repartitionSinkTopics', type: '[]string', versions: '0+', entity: 'topicName' },
            { name: 'repartitionSourceTopics', type: '[]TopicInfo', versions: '0+', fields: topicInfoFields },
            {
              name: 'copartitionGroups',
              type: '[]CopartitionGroup',
              versions: '0+',
              fields: [
                { name: 'sourceTopics', type: '[]int16', versions: '0+' },
                { name: 'sourceTopicRegex', type: '[]int16', versions: '0+' },
                { name: 'repartitionSourceTopics', type: '[]int16', versions: '0+' },
              ],
            },
          ],
        },
      ],
    },
    { name: 'activeTasks', type: '[]TaskIds', versions: '0+', nullable: true, default: null, fields: taskIdsFields },
    { name: 'standbyTasks', type: '[]TaskIds', versions: '0+', nullable: true, default: null, fields: taskIdsFields },
    { name: 'warmupTasks', type: '[]TaskIds', versions: '0+', nullable: true, default: null, fields: taskIdsFields },
    { name: 'processId', type: 'string', versions: '0+', nullable: true, default: null },
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
    { name: 'clientTags', type: '[]KeyValue', versions: '0+', nullable: true, default: null, fields: keyValueFields },
    {
      name: 'taskOffsets',
      type: '[]TaskOffset',
      versions: '0+',
      nullable: true,
      default: null,
      fields: taskOffsetFields,
    },
    {
      name: 'taskEndOffsets',
      type: '[]TaskOffset',
      versions: '0+',
      nullable: true,
      default: null,
      fields: taskOffsetFields,
    },
    { name: 'shutdownApplication', type: 'bool', versions: '0+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'errorMessage', type: 'string', versions: '0+', nullable: true, default: null },
    { name: 'memberId', type: 'string', versions: '0+' },
    { name: 'memberEpoch', type: 'int32', versions: '0+' },
    { name: 'heartbeatIntervalMs', type: 'int32', versions: '0+' },
    { name: 'acceptableRecoveryLag', type: 'int32', versions: '0+' },
    { name: 'taskOffsetIntervalMs', type: 'int32', versions: '0+' },
    {
      name: 'status',
      type: '[]Status',
      versions: '0+',
      nullable: true,
      fields: [
        { name: 'statusCode', type: 'int8', versions: '0+' },
        { name: 'statusDetail', type: 'string', versions: '0+' },
      ],
    },
    { name: 'activeTasks', type: '[]TaskIds', versions: '0+', nullable: true, default: null, fields: taskIdsFields },
    { name: 'standbyTasks', type: '[]TaskIds', versions: '0+', nullable: true, default: null, fields: taskIdsFields },
    { name: 'warmupTasks', type: '[]TaskIds', versions: '0+', nullable: true, default: null, fields: taskIdsFields },
    { name: 'endpointInformationEpoch', type: 'int32', versions: '0+' },
    {
      name: 'partitionsByUserEndpoint',
      type: '[]EndpointToPartitions',
      versions: '0+',
      nullable: true,
      default: null,
      fields: [
        {
          name: 'userEndpoint',
          type: 'Endpoint',
          versions: '0+',
          fields: [
            { name: 'host', type: 'string', versions: '0+' },
            { name: 'port', type: 'uint16', versions: '0+' },
          ],
        },
        { name: 'activePartitions', type: '[]TopicPartition', versions: '0+', fields: topicPartitionFields },
        { name: 'standbyPartitions', type: '[]TopicPartition', versions: '0+', fields: topicPartitionFields },
      ],
    },
  ],
}
