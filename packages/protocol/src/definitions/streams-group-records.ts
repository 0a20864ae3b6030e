import type { FieldDefinition, MessageDefinition } from './definition.ts'

export const streamsGroupCurrentMemberAssignmentKey: MessageDefinition = {
  name: 'StreamsGroupCurrentMemberAssignmentKey',
  kind: 'coordinator-key',
  recordType: 22,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

const streamsGroupCurrentMemberAssignmentValueTaskIdsFields: readonly FieldDefinition[] = [
  { name: 'subtopologyId', type: 'string', versions: '0+' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
  { name: 'assignmentEpochs', type: '[]int32', versions: '0+', nullable: true, tag: 0 },
]

export const streamsGroupCurrentMemberAssignmentValue: MessageDefinition = {
  name: 'StreamsGroupCurrentMemberAssignmentValue',
  kind: 'coordinator-value',
  recordType: 22,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'memberEpoch', type: 'int32', versions: '0+' },
    { name: 'previousMemberEpoch', type: 'int32', versions: '0+' },
    { name: 'state', type: 'int8', versions: '0+' },
    {
      name: 'activeTasks',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupCurrentMemberAssignmentValueTaskIdsFields,
    },
    {
      name: 'standbyTasks',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupCurrentMemberAssignmentValueTaskIdsFields,
    },
    {
      name: 'warmupTasks',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupCurrentMemberAssignmentValueTaskIdsFields,
    },
    {
      name: 'activeTasksPendingRevocation',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupCurrentMemberAssignmentValueTaskIdsFields,
    },
    {
      name: 'standbyTasksPendingRevocation',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupCurrentMemberAssignmentValueTaskIdsFields,
    },
    {
      name: 'warmupTasksPendingRevocation',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupCurrentMemberAssignmentValueTaskIdsFields,
    },
  ],
}

export const streamsGroupMemberMetadataKey: MessageDefinition = {
  name: 'StreamsGroupMemberMetadataKey',
  kind: 'coordinator-key',
  recordType: 19,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

export const streamsGroupMemberMetadataValue: MessageDefinition = {
  name: 'StreamsGroupMemberMetadataValue',
  kind: 'coordinator-value',
  recordType: 19,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'instanceId', type: 'string', versions: '0+', nullable: true },
    { name: 'rackId', type: 'string', versions: '0+', nullable: true },
    { name: 'clientId', type: 'string', versions: '0+' },
    { name: 'clientHost', type: 'string', versions: '0+' },
    { name: 'rebalanceTimeoutMs', type: 'int32', versions: '0+', default: -1 },
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
    {
      name: 'clientTags',
      type: '[]KeyValue',
      versions: '0+',
      fields: [
        { name: 'key', type: 'string', versions: '0+' },
        { name: 'value', type: 'string', versions: '0+' },
      ],
    },
  ],
}

export const streamsGroupMetadataKey: MessageDefinition = {
  name: 'StreamsGroupMetadataKey',
  kind: 'coordinator-key',
  recordType: 17,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

export const streamsGroupMetadataValue: MessageDefinition = {
  name: 'StreamsGroupMetadataValue',
  kind: 'coordinator-value',
  recordType: 17,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'epoch', type: 'int32', versions: '0+' },
    { name: 'metadataHash', type: 'int64', versions: '0+' },
    { name: 'validatedTopologyEpoch', type: 'int32', versions: '0+', tag: 0, default: -1 },
    {
      name: 'lastAssignmentConfigs',
      type: '[]LastAssignmentConfig',
      versions: '0+',
      nullable: true,
      tag: 1,
      fields: [
        { name: 'key', type: 'string', versions: '0+' },
        { name: 'value', type: 'string', versions: '0+' },
      ],
    },
  ],
}

export const streamsGroupTargetAssignmentMemberKey: MessageDefinition = {
  name: 'StreamsGroupTargetAssignmentMemberKey',
  kind: 'coordinator-key',
  recordType: 21,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
  ],
}

const streamsGroupTargetAssignmentMemberValueTaskIdsFields: readonly FieldDefinition[] = [
  { name: 'subtopologyId', type: 'string', versions: '0+' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
]

export const streamsGroupTargetAssignmentMemberValue: MessageDefinition = {
  name: 'StreamsGroupTargetAssignmentMemberValue',
  kind: 'coordinator-value',
  recordType: 21,
  versions: '0',
  flexible: '0+',
  fields: [
    {
      name: 'activeTasks',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupTargetAssignmentMemberValueTaskIdsFields,
    },
    {
      name: 'standbyTasks',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupTargetAssignmentMemberValueTaskIdsFields,
    },
    {
      name: 'warmupTasks',
      type: '[]TaskIds',
      versions: '0+',
      fields: streamsGroupTargetAssignmentMemberValueTaskIdsFields,
    },
  ],
}

export const streamsGroupTargetAssignmentMetadataKey: MessageDefinition = {
  name: 'StreamsGroupTargetAssignmentMetadataKey',
  kind: 'coordinator-key',
  recordType: 20,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

export const streamsGroupTargetAssignmentMetadataValue: MessageDefinition = {
  name: 'StreamsGroupTargetAssignmentMetadataValue',
  kind: 'coordinator-value',
  recordType: 20,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'assignmentEpoch', type: 'int32', versions: '0+' },
    { name: 'assignmentTimestamp', type: 'int64', versions: '0+', tag: 0, ignorable: true },
  ],
}

export const streamsGroupTopologyKey: MessageDefinition = {
  name: 'StreamsGroupTopologyKey',
  kind: 'coordinator-key',
  recordType: 23,
  versions: '0',
  fields: [{ name: 'groupId', type: 'string', versions: '0+' }],
}

const streamsGroupTopologyValueTopicConfigFields: readonly FieldDefinition[] = [
  { name: 'key', type: 'string', versions: '0+' },
  { name: 'value', type: 'string', versions: '0+' },
]

const streamsGroupTopologyValueTopicInfoFields: readonly FieldDefinition[] = [
  { name: 'name', type: 'string', versions: '0+' },
  { name: 'partitions', type: 'int32', versions: '0+' },
  { name: 'replicationFactor', type: 'int16', versions: '0+' },
  { name: 'topicConfigs', type: '[]TopicConfig', versions: '0+', fields: streamsGroupTopologyValueTopicConfigFields },
]

export const streamsGroupTopologyValue: MessageDefinition = {
  name: 'StreamsGroupTopologyValue',
  kind: 'coordinator-value',
  recordType: 23,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'epoch', type: 'int32', versions: '0+' },
    {
      name: 'subtopologies',
      type: '[]Subtopology',
      versions: '0+',
      fields: [
        { name: 'subtopologyId', type: 'string', versions: '0+' },
        { name: 'sourceTopics', type: '[]string', versions: '0+' },
        { name: 'sourceTopicRegex', type: '[]string', versions: '0+' },
        {
          name: 'stateChangelogTopics',
          type: '[]TopicInfo',
          versions: '0+',
          fields: streamsGroupTopologyValueTopicInfoFields,
        },
        { name: 'repartitionSinkTopics', type: '[]string', versions: '0+' },
        {
          name: 'repartitionSourceTopics',
          type: '[]TopicInfo',
          versions: '0+',
          fields: streamsGroupTopologyValueTopicInfoFields,
        },
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
}
