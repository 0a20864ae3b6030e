import type { MessageDefinition } from './definition.ts'

export const remoteLogSegmentMetadataRecord: MessageDefinition = {
  name: 'RemoteLogSegmentMetadataRecord',
  kind: 'metadata',
  recordId: 0,
  versions: '0',
  flexible: '0+',
  fields: [
    {
      name: 'remoteLogSegmentId',
      type: 'RemoteLogSegmentIdEntry',
      versions: '0+',
      fields: [
        {
          name: 'topicIdPartition',
          type: 'TopicIdPartitionEntry',
          versions: '0+',
          fields: [
            { name: 'name', type: 'string', versions: '0+' },
            { name: 'id', type: 'uuid', versions: '0+' },
            { name: 'partition', type: 'int32', versions: '0+' },
          ],
        },
        { name: 'id', type: 'uuid', versions: '0+' },
      ],
    },
    { name: 'startOffset', type: 'int64', versions: '0+' },
    { name: 'endOffset', type: 'int64', versions: '0+' },
    { name: 'brokerId', type: 'int32', versions: '0+' },
    { name: 'maxTimestampMs', type: 'int64', versions: '0+' },
    { name: 'eventTimestampMs', type: 'int64', versions: '0+' },
    {
      name: 'segmentLeaderEpochs',
      type: '[]SegmentLeaderEpochEntry',
      versions: '0+',
      fields: [
        { name: 'leaderEpoch', type: 'int32', versions: '0+' },
        { name: 'offset', type: 'int64', versions: '0+' },
      ],
    },
    { name: 'segmentSizeInBytes', type: 'int32', versions: '0+' },
    { name: 'customMetadata', type: 'bytes', versions: '0+', nullable: true, default: null },
    { name: 'remoteLogSegmentState', type: 'int8', versions: '0+' },
    { name: 'txnIndexEmpty', type: 'bool', versions: '0+', tag: 0 },
  ],
}

export const remoteLogSegmentMetadataSnapshotRecord: MessageDefinition = {
  name: 'RemoteLogSegmentMetadataSnapshotRecord',
  kind: 'metadata',
  recordId: 3,
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'segmentId', type: 'uuid', versions: '0+' },
    { name: 'startOffset', type: 'int64', versions: '0+' },
    { name: 'endOffset', type: 'int64', versions: '0+' },
    { name: 'brokerId', type: 'int32', versions: '0+' },
    { name: 'maxTimestampMs', type: 'int64', versions: '0+' },
    { name: 'eventTimestampMs', type: 'int64', versions: '0+' },
    {
      name: 'segmentLeaderEpochs',
      type: '[]SegmentLeaderEpochEntry',
      versions: '0+',
      fields: [
        { name: 'leaderEpoch', type: 'int32', versions: '0+' },
        { name: 'offset', type: 'int64', versions: '0+' },
      ],
    },
    { name: 'segmentSizeInBytes', type: 'int32', versions: '0+' },
    { name: 'customMetadata', type: 'bytes', versions: '0+', nullable: true, default: null },
    { name: 'remoteLogSegmentState', type: 'int8', versions: '0+' },
    { name: 'txnIndexEmpty', type: 'bool', versions: '0+', tag: 0 },
  ],
}

export const remoteLogSegmentMetadataUpdateRecord: MessageDefinition = {
  name: 'RemoteLogSegmentMetadataUpdateRecord',
  kind: 'metadata',
  recordId: 1,
  versions: '0',
  flexible: '0+',
  fields: [
    {
      name: 'remoteLogSegmentId',
      type: 'RemoteLogSegmentIdEntry',
      versions: '0+',
      fields: [
        {
          name: 'topicIdPartition',
          type: 'TopicIdPartitionEntry',
          versions: '0+',
          fields: [
            { name: 'name', type: 'string', versions: '0+' },
            { name: 'id', type: 'uuid', versions: '0+' },
            { name: 'partition', type: 'int32', versions: '0+' },
          ],
        },
        { name: 'id', type: 'uuid', versions: '0+' },
      ],
    },
    { name: 'brokerId', type: 'int32', versions: '0+' },
    { name: 'eventTimestampMs', type: 'int64', versions: '0+' },
    { name: 'customMetadata', type: 'bytes', versions: '0+', nullable: true, default: null },
    { name: 'remoteLogSegmentState', type: 'int8', versions: '0+' },
  ],
}

export const remotePartitionDeleteMetadataRecord: MessageDefinition = {
  name: 'RemotePartitionDeleteMetadataRecord',
  kind: 'metadata',
  recordId: 2,
  versions: '0',
  flexible: '0+',
  fields: [
    {
      name: 'topicIdPartition',
      type: 'TopicIdPartitionEntry',
      versions: '0+',
      fields: [
        { name: 'name', type: 'string', versions: '0+' },
        { name: 'id', type: 'uuid', versions: '0+' },
        { name: 'partition', type: 'int32', versions: '0+' },
      ],
    },
    { name: 'brokerId', type: 'int32', versions: '0+' },
    { name: 'eventTimestampMs', type: 'int64', versions: '0+' },
    { name: 'remotePartitionDeleteState', type: 'int8', versions: '0+' },
  ],
}
