import type { ApiDefinition } from './definition.ts'

export const assignReplicasToDirs: ApiDefinition = {
  key: 73,
  name: 'AssignReplicasToDirs',
  versions: '0',
  flexible: '0+',
  listeners: ['controller'],
  request: [
    { name: 'brokerId', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'brokerEpoch', type: 'int64', versions: '0+', default: -1n },
    {
      name: 'directories',
      type: '[]DirectoryData',
      versions: '0+',
      fields: [
        { name: 'id', type: 'uuid', versions: '0+' },
        {
          name: 'topics',
          type: '[]TopicData',
          versions: '0+',
          fields: [
            { name: 'topicId', type: 'uuid', versions: '0+' },
            {
              name: 'partitions',
              type: '[]PartitionData',
              versions: '0+',
              fields: [{ name: 'partitionIndex', type: 'int32', versions: '0+' }],
            },
          ],
        },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    {
      name: 'directories',
      type: '[]DirectoryData',
      versions: '0+',
      fields: [
        { name: 'id', type: 'uuid', versions: '0+' },
        {
          name: 'topics',
          type: '[]TopicData',
          versions: '0+',
          fields: [
            { name: 'topicId', type: 'uuid', versions: '0+' },
            {
              name: 'partitions',
              type: '[]PartitionData',
              versions: '0+',
              fields: [
                { name: 'partitionIndex', type: 'int32', versions: '0+' },
                { name: 'errorCode', type: 'int16', versions: '0+' },
              ],
            },
          ],
        },
      ],
    },
  ],
}
