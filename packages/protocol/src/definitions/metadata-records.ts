import type { MessageDefinition } from './definition.ts'

export const abortTransactionRecord: MessageDefinition = {
  name: 'AbortTransactionRecord',
  kind: 'metadata',
  recordId: 25,
  versions: '0',
  flexible: '0+',
  fields: [{ name: 'reason', type: 'string', versions: '0+', nullable: true, tag: 0, default: null }],
}

export const accessControlEntryRecord: MessageDefinition = {
  name: 'AccessControlEntryRecord',
  kind: 'metadata',
  recordId: 18,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'id', type: 'uuid', versions: '0+' },
    { name: 'resourceType', type: 'int8', versions: '0+' },
    { name: 'resourceName', type: 'string', versions: '0+' },
    { name: 'patternType', type: 'int8', versions: '0+' },
    { name: 'principal', type: 'string', versions: '0+' },
    { name: 'host', type: 'string', versions: '0+' },
    { name: 'operation', type: 'int8', versions: '0+' },
    { name: 'permissionType', type: 'int8', versions: '0+' },
  ],
}

export const beginTransactionRecord: MessageDefinition = {
  name: 'BeginTransactionRecord',
  kind: 'metadata',
  recordId: 23,
  versions: '0',
  flexible: '0+',
  fields: [{ name: 'name', type: 'string', versions: '0+', nullable: true, tag: 0, default: null }],
}

export const brokerRegistrationChangeRecord: MessageDefinition = {
  name: 'BrokerRegistrationChangeRecord',
  kind: 'metadata',
  recordId: 17,
  versions: '0-3',
  flexible: '0+',
  fields: [
    { name: 'brokerId', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'brokerEpoch', type: 'int64', versions: '0+' },
    { name: 'fenced', type: 'int8', versions: '0+', tag: 0 },
    { name: 'inControlledShutdown', type: 'int8', versions: '1+', tag: 1 },
    { name: 'logDirs', type: '[]uuid', versions: '2+', tag: 2 },
    { name: 'cordonedLogDirs', type: '[]uuid', versions: '3+', nullable: true, tag: 3, default: null },
  ],
}

export const clearElrRecord: MessageDefinition = {
  name: 'ClearElrRecord',
  kind: 'metadata',
  recordId: 28,
  versions: '0',
  flexible: '0+',
  fields: [{ name: 'topicName', type: 'string', versions: '0+', entity: 'topicName' }],
}

export const clientQuotaRecord: MessageDefinition = {
  name: 'ClientQuotaRecord',
  kind: 'metadata',
  recordId: 14,
  versions: '0',
  flexible: '0+',
  fields: [
    {
      name: 'entity',
      type: '[]EntityData',
      versions: '0+',
      fields: [
        { name: 'entityType', type: 'string', versions: '0+' },
        { name: 'entityName', type: 'string', versions: '0+', nullable: true },
      ],
    },
    { name: 'key', type: 'string', versions: '0+' },
    { name: 'value', type: 'float64', versions: '0+' },
    { name: 'remove', type: 'bool', versions: '0+' },
  ],
}

export const configRecord: MessageDefinition = {
  name: 'ConfigRecord',
  kind: 'metadata',
  recordId: 4,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'resourceType', type: 'int8', versions: '0+' },
    { name: 'resourceName', type: 'string', versions: '0+' },
    { name: 'name', type: 'string', versions: '0+' },
    { name: 'value', type: 'string', versions: '0+', nullable: true },
  ],
}

export const delegationTokenRecord: MessageDefinition = {
  name: 'DelegationTokenRecord',
  kind: 'metadata',
  recordId: 10,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'owner', type: 'string', versions: '0+' },
    { name: 'requester', type: 'string', versions: '0+' },
    { name: 'renewers', type: '[]string', versions: '0+' },
    { name: 'issueTimestamp', type: 'int64', versions: '0+' },
    { name: 'maxTimestamp', type: 'int64', versions: '0+' },
    { name: 'expirationTimestamp', type: 'int64', versions: '0+' },
    { name: 'tokenId', type: 'string', versions: '0+' },
  ],
}

export const endTransactionRecord: MessageDefinition = {
  name: 'EndTransactionRecord',
  kind: 'metadata',
  recordId: 24,
  versions: '0',
  flexible: '0+',
  fields: [],
}

export const featureLevelRecord: MessageDefinition = {
  name: 'FeatureLevelRecord',
  kind: 'metadata',
  recordId: 12,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'name', type: 'string', versions: '0+' },
    { name: 'featureLevel', type: 'int16', versions: '0+' },
  ],
}

export const fenceBrokerRecord: MessageDefinition = {
  name: 'FenceBrokerRecord',
  kind: 'metadata',
  recordId: 7,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'id', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'epoch', type: 'int64', versions: '0+' },
  ],
}

export const noOpRecord: MessageDefinition = {
  name: 'NoOpRecord',
  kind: 'metadata',
  recordId: 20,
  versions: '0',
  flexible: '0+',
  fields: [],
}

export const partitionChangeRecord: MessageDefinition = {
  name: 'PartitionChangeRecord',
  kind: 'metadata',
  recordId: 5,
  versions: '0-2',
  flexible: '0+',
  fields: [
    { name: 'partitionId', type: 'int32', versions: '0+', default: -1 },
    { name: 'topicId', type: 'uuid', versions: '0+' },
    { name: 'isr', type: '[]int32', versions: '0+', nullable: true, tag: 0, default: null, entity: 'brokerId' },
    { name: 'leader', type: 'int32', versions: '0+', tag: 1, default: -2, entity: 'brokerId' },
    { name: 'replicas', type: '[]int32', versions: '0+', nullable: true, tag: 2, default: null, entity: 'brokerId' },
    {
      name: 'removingReplicas',
      type: '[]int32',
      versions: '0+',
      nullable: true,
      tag: 3,
      default: null,
      entity: 'brokerId',
    },
    {
      name: 'addingReplicas',
      type: '[]int32',
      versions: '0+',
      nullable: true,
      tag: 4,
      default: null,
      entity: 'brokerId',
    },
    { name: 'leaderRecoveryState', type: 'int8', versions: '0+', tag: 5, default: -1 },
    { name: 'directories', type: '[]uuid', versions: '1+', nullable: true, tag: 8, default: null },
    {
      name: 'eligibleLeaderReplicas',
      type: '[]int32',
      versions: '2+',
      nullable: true,
      tag: 6,
      default: null,
      entity: 'brokerId',
    },
    {
      name: 'lastKnownElr',
      type: '[]int32',
      versions: '2+',
      nullable: true,
      tag: 7,
      default: null,
      entity: 'brokerId',
    },
  ],
}

export const partitionRecord: MessageDefinition = {
  name: 'PartitionRecord',
  kind: 'metadata',
  recordId: 3,
  versions: '0-2',
  flexible: '0+',
  fields: [
    { name: 'partitionId', type: 'int32', versions: '0+', default: -1 },
    { name: 'topicId', type: 'uuid', versions: '0+' },
    { name: 'replicas', type: '[]int32', versions: '0+', entity: 'brokerId' },
    { name: 'isr', type: '[]int32', versions: '0+' },
    { name: 'removingReplicas', type: '[]int32', versions: '0+', entity: 'brokerId' },
    { name: 'addingReplicas', type: '[]int32', versions: '0+', entity: 'brokerId' },
    { name: 'leader', type: 'int32', versions: '0+', default: -1, entity: 'brokerId' },
    { name: 'leaderRecoveryState', type: 'int8', versions: '0+', tag: 0 },
    { name: 'leaderEpoch', type: 'int32', versions: '0+', default: -1 },
    { name: 'partitionEpoch', type: 'int32', versions: '0+', default: -1 },
    { name: 'directories', type: '[]uuid', versions: '1+' },
    {
      name: 'eligibleLeaderReplicas',
      type: '[]int32',
      versions: '2+',
      nullable: true,
      tag: 1,
      default: null,
      entity: 'brokerId',
    },
    {
      name: 'lastKnownElr',
      type: '[]int32',
      versions: '2+',
      nullable: true,
      tag: 2,
      default: null,
      entity: 'brokerId',
    },
  ],
}

export const producerIdsRecord: MessageDefinition = {
  name: 'ProducerIdsRecord',
  kind: 'metadata',
  recordId: 15,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'brokerId', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'brokerEpoch', type: 'int64', versions: '0+', default: -1n },
    { name: 'nextProducerId', type: 'int64', versions: '0+' },
  ],
}

export const registerBrokerRecord: MessageDefinition = {
  name: 'RegisterBrokerRecord',
  kind: 'metadata',
  recordId: 0,
  versions: '0-4',
  flexible: '0+',
  fields: [
    { name: 'brokerId', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'isMigratingZkBroker', type: 'bool', versions: '2+' },
    { name: 'incarnationId', type: 'uuid', versions: '0+' },
    { name: 'brokerEpoch', type: 'int64', versions: '0+' },
    {
      name: 'endPoints',
      type: '[]BrokerEndpoint',
      versions: '0+',
      fields: [
        { name: 'name', type: 'string', versions: '0+', mapKey: true },
        { name: 'host', type: 'string', versions: '0+' },
        { name: 'port', type: 'uint16', versions: '0+' },
        { name: 'securityProtocol', type: 'int16', versions: '0+' },
      ],
    },
    {
      name: 'features',
      type: '[]BrokerFeature',
      versions: '0+',
      fields: [
        { name: 'name', type: 'string', versions: '0+', mapKey: true },
        { name: 'minSupportedVersion', type: 'int16', versions: '0+' },
        { name: 'maxSupportedVersion', type: 'int16', versions: '0+' },
      ],
    },
    { name: 'rack', type: 'string', versions: '0+', nullable: true },
    { name: 'fenced', type: 'bool', versions: '0+', default: true },
    { name: 'inControlledShutdown', type: 'bool', versions: '1+' },
    { name: 'logDirs', type: '[]uuid', versions: '3+', tag: 0 },
    { name: 'cordonedLogDirs', type: '[]uuid', versions: '4+', nullable: true, tag: 1, default: null },
  ],
}

export const registerControllerRecord: MessageDefinition = {
  name: 'RegisterControllerRecord',
  kind: 'metadata',
  recordId: 27,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'controllerId', type: 'int32', versions: '0+' },
    { name: 'incarnationId', type: 'uuid', versions: '0+' },
    { name: 'zkMigrationReady', type: 'bool', versions: '0+' },
    {
      name: 'endPoints',
      type: '[]ControllerEndpoint',
      versions: '0+',
      fields: [
        { name: 'name', type: 'string', versions: '0+', mapKey: true },
        { name: 'host', type: 'string', versions: '0+' },
        { name: 'port', type: 'uint16', versions: '0+' },
        { name: 'securityProtocol', type: 'int16', versions: '0+' },
      ],
    },
    {
      name: 'features',
      type: '[]ControllerFeature',
      versions: '0+',
      fields: [
        { name: 'name', type: 'string', versions: '0+', mapKey: true },
        { name: 'minSupportedVersion', type: 'int16', versions: '0+' },
        { name: 'maxSupportedVersion', type: 'int16', versions: '0+' },
      ],
    },
  ],
}

export const removeAccessControlEntryRecord: MessageDefinition = {
  name: 'RemoveAccessControlEntryRecord',
  kind: 'metadata',
  recordId: 19,
  versions: '0',
  flexible: '0+',
  fields: [{ name: 'id', type: 'uuid', versions: '0+' }],
}

export const removeDelegationTokenRecord: MessageDefinition = {
  name: 'RemoveDelegationTokenRecord',
  kind: 'metadata',
  recordId: 26,
  versions: '0',
  flexible: '0+',
  fields: [{ name: 'tokenId', type: 'string', versions: '0+' }],
}

export const removeTopicRecord: MessageDefinition = {
  name: 'RemoveTopicRecord',
  kind: 'metadata',
  recordId: 9,
  versions: '0',
  flexible: '0+',
  fields: [{ name: 'topicId', type: 'uuid', versions: '0+' }],
}

export const removeUserScramCredentialRecord: MessageDefinition = {
  name: 'RemoveUserScramCredentialRecord',
  kind: 'metadata',
  recordId: 22,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'name', type: 'string', versions: '0+' },
    { name: 'mechanism', type: 'int8', versions: '0+' },
  ],
}

export const topicRecord: MessageDefinition = {
  name: 'TopicRecord',
  kind: 'metadata',
  recordId: 2,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'name', type: 'string', versions: '0+', entity: 'topicName' },
    { name: 'topicId', type: 'uuid', versions: '0+' },
  ],
}

export const unfenceBrokerRecord: MessageDefinition = {
  name: 'UnfenceBrokerRecord',
  kind: 'metadata',
  recordId: 8,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'id', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'epoch', type: 'int64', versions: '0+' },
  ],
}

export const unregisterBrokerRecord: MessageDefinition = {
  name: 'UnregisterBrokerRecord',
  kind: 'metadata',
  recordId: 1,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'brokerId', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'brokerEpoch', type: 'int64', versions: '0+' },
  ],
}

export const userScramCredentialRecord: MessageDefinition = {
  name: 'UserScramCredentialRecord',
  kind: 'metadata',
  recordId: 11,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'name', type: 'string', versions: '0+' },
    { name: 'mechanism', type: 'int8', versions: '0+' },
    { name: 'salt', type: 'bytes', versions: '0+' },
    { name: 'storedKey', type: 'bytes', versions: '0+' },
    { name: 'serverKey', type: 'bytes', versions: '0+' },
    { name: 'iterations', type: 'int32', versions: '0+' },
  ],
}

export const zkMigrationStateRecord: MessageDefinition = {
  name: 'ZkMigrationStateRecord',
  kind: 'metadata',
  recordId: 21,
  versions: '0',
  flexible: '0+',
  fields: [{ name: 'zkMigrationState', type: 'int8', versions: '0+' }],
}
