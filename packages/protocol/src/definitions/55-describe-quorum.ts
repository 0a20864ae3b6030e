import type { ApiDefinition, FieldDefinition } from './definition.ts'

const replicaStateFields: readonly FieldDefinition[] = [
  { name: 'replicaId', type: 'int32', versions: '0+', entity: 'brokerId' },
  { name: 'replicaDirectoryId', type: 'uuid', versions: '2+' },
  { name: 'logEndOffset', type: 'int64', versions: '0+' },
  { name: 'lastFetchTimestamp', type: 'int64', versions: '1+', default: -1n, ignorable: true },
  { name: 'lastCaughtUpTimestamp', type: 'int64', versions: '1+', default: -1n, ignorable: true },
]

export const describeQuorum: ApiDefinition = {
  key: 55,
  name: 'DescribeQuorum',
  versions: '0-2',
  flexible: '0+',
  listeners: ['broker', 'controller'],
  clusterAction: true,
  forwardable: true,
  request: [
    {
      name: 'topics',
      type: '[]TopicData',
      versions: '0+',
      fields: [
        { name: 'topicName', type: 'string', versions: '0+', entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]PartitionData',
          versions: '0+',
          fields: [{ name: 'partitionIndex', type: 'int32', versions: '0+' }],
        },
      ],
    },
  ],
  response: [
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'errorMessage', type: 'string', versions: '2+', nullable: true, ignorable: true },
    {
      name: 'topics',
      type: '[]TopicData',
      versions: '0+',
      fields: [
        { name: 'topicName', type: 'string', versions: '0+', entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]PartitionData',
          versions: '0+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '0+' },
            { name: 'errorCode', type: 'int16', versions: '0+' },
            { name: 'errorMessage', type: 'string', versions: '2+', nullable: true, ignorable: true },
            { name: 'leaderId', type: 'int32', versions: '0+', entity: 'brokerId' },
            { name: 'leaderEpoch', type: 'int32', versions: '0+' },
            { name: 'highWatermark', type: 'int64', versions: '0+' },
            { name: 'currentVoters', type: '[]ReplicaState', versions: '0+', fields: replicaStateFields },
            { name: 'observers', type: '[]ReplicaState', versions: '0+', fields: replicaStateFields },
          ],
        },
      ],
    },
    {
      name: 'nodes',
      type: '[]Node',
      versions: '2+',
      fields: [
        { name: 'nodeId', type: 'int32', versions: '2+', mapKey: true, entity: 'brokerId' },
        {
          name: 'listeners',
          type: '[]Listener',
          versions: '2+',
          fields: [
            { name: 'name', type: 'string', versions: '2+', mapKey: true },
            { name: 'host', type: 'string', versions: '2+' },
            { name: 'port', type: 'uint16', versions: '2+' },
          ],
        },
      ],
    },
  ],
}
