import type { MessageDefinition } from './definition.ts'

export const shareSnapshotKey: MessageDefinition = {
  name: 'ShareSnapshotKey',
  kind: 'coordinator-key',
  recordType: 0,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'topicId', type: 'uuid', versions: '0+' },
    { name: 'partition', type: 'int32', versions: '0+' },
  ],
}

export const shareSnapshotValue: MessageDefinition = {
  name: 'ShareSnapshotValue',
  kind: 'coordinator-value',
  recordType: 0,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'snapshotEpoch', type: 'int32', versions: '0+' },
    { name: 'stateEpoch', type: 'int32', versions: '0+' },
    { name: 'leaderEpoch', type: 'int32', versions: '0+' },
    { name: 'startOffset', type: 'int64', versions: '0+' },
    { name: 'deliveryCompleteCount', type: 'int32', versions: '0+', tag: 0, default: -1 },
    { name: 'createTimestamp', type: 'int64', versions: '0+' },
    { name: 'writeTimestamp', type: 'int64', versions: '0+' },
    {
      name: 'stateBatches',
      type: '[]StateBatch',
      versions: '0+',
      fields: [
        { name: 'firstOffset', type: 'int64', versions: '0+' },
        { name: 'lastOffset', type: 'int64', versions: '0+' },
        { name: 'deliveryState', type: 'int8', versions: '0+' },
        { name: 'deliveryCount', type: 'int16', versions: '0+' },
      ],
    },
  ],
}

export const shareUpdateKey: MessageDefinition = {
  name: 'ShareUpdateKey',
  kind: 'coordinator-key',
  recordType: 1,
  versions: '0',
  fields: [
    { name: 'groupId', type: 'string', versions: '0+' },
    { name: 'topicId', type: 'uuid', versions: '0+' },
    { name: 'partition', type: 'int32', versions: '0+' },
  ],
}

export const shareUpdateValue: MessageDefinition = {
  name: 'ShareUpdateValue',
  kind: 'coordinator-value',
  recordType: 1,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'snapshotEpoch', type: 'int32', versions: '0+' },
    { name: 'leaderEpoch', type: 'int32', versions: '0+' },
    { name: 'startOffset', type: 'int64', versions: '0+' },
    { name: 'deliveryCompleteCount', type: 'int32', versions: '0+', tag: 0, default: -1 },
    {
      name: 'stateBatches',
      type: '[]StateBatch',
      versions: '0+',
      fields: [
        { name: 'firstOffset', type: 'int64', versions: '0+' },
        { name: 'lastOffset', type: 'int64', versions: '0+' },
        { name: 'deliveryState', type: 'int8', versions: '0+' },
        { name: 'deliveryCount', type: 'int16', versions: '0+' },
      ],
    },
  ],
}
