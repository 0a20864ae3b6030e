import type { MessageDefinition } from './definition.ts'

export const groupMetadataKey: MessageDefinition = {
  name: 'GroupMetadataKey',
  kind: 'coordinator-key',
  recordType: 2,
  versions: '0',
  fields: [{ name: 'group', type: 'string', versions: '0+' }],
}

export const groupMetadataValue: MessageDefinition = {
  name: 'GroupMetadataValue',
  kind: 'coordinator-value',
  recordType: 2,
  versions: '0-4',
  flexible: '4+',
  fields: [
    { name: 'protocolType', type: 'string', versions: '0+' },
    { name: 'generation', type: 'int32', versions: '0+' },
    { name: 'protocol', type: 'string', versions: '0+', nullable: true },
    { name: 'leader', type: 'string', versions: '0+', nullable: true },
    { name: 'currentStateTimestamp', type: 'int64', versions: '2+', default: -1n, ignorable: true },
    {
      name: 'members',
      type: '[]MemberMetadata',
      versions: '0+',
      fields: [
        { name: 'memberId', type: 'string', versions: '0+' },
        { name: 'groupInstanceId', type: 'string', versions: '3+', nullable: true, default: null, ignorable: true },
        { name: 'clientId', type: 'string', versions: '0+' },
        { name: 'clientHost', type: 'string', versions: '0+' },
        { name: 'rebalanceTimeout', type: 'int32', versions: '1+', default: -1, ignorable: true },
        { name: 'sessionTimeout', type: 'int32', versions: '0+' },
        { name: 'subscription', type: 'bytes', versions: '0+' },
        { name: 'assignment', type: 'bytes', versions: '0+' },
      ],
    },
  ],
}

export const legacyOffsetCommitKey: MessageDefinition = {
  name: 'LegacyOffsetCommitKey',
  kind: 'coordinator-key',
  recordType: 0,
  versions: '0',
  fields: [
    { name: 'group', type: 'string', versions: '0+' },
    { name: 'topic', type: 'string', versions: '0+' },
    { name: 'partition', type: 'int32', versions: '0+' },
  ],
}

export const legacyOffsetCommitValue: MessageDefinition = {
  name: 'LegacyOffsetCommitValue',
  kind: 'coordinator-value',
  recordType: 0,
  versions: '0',
  fields: [
    { name: 'offset', type: 'int64', versions: '0+' },
    { name: 'metadata', type: 'string', versions: '0+' },
    { name: 'commitTimestamp', type: 'int64', versions: '0+' },
  ],
}

export const offsetCommitKey: MessageDefinition = {
  name: 'OffsetCommitKey',
  kind: 'coordinator-key',
  recordType: 1,
  versions: '0',
  fields: [
    { name: 'group', type: 'string', versions: '0+' },
    { name: 'topic', type: 'string', versions: '0+' },
    { name: 'partition', type: 'int32', versions: '0+' },
  ],
}

export const offsetCommitValue: MessageDefinition = {
  name: 'OffsetCommitValue',
  kind: 'coordinator-value',
  recordType: 1,
  versions: '0-4',
  flexible: '4+',
  fields: [
    { name: 'offset', type: 'int64', versions: '0+' },
    { name: 'leaderEpoch', type: 'int32', versions: '3+', default: -1, ignorable: true },
    { name: 'metadata', type: 'string', versions: '0+' },
    { name: 'commitTimestamp', type: 'int64', versions: '0+' },
    { name: 'expireTimestamp', type: 'int64', versions: '1', default: -1n, ignorable: true },
    { name: 'topicId', type: 'uuid', versions: '4+', tag: 0, ignorable: true },
  ],
}
