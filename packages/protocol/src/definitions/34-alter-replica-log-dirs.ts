import type { ApiDefinition } from './definition.ts'

export const alterReplicaLogDirs: ApiDefinition = {
  key: 34,
  name: 'AlterReplicaLogDirs',
  versions: '1-2',
  flexible: '2+',
  listeners: ['broker'],
  request: [
    {
      name: 'dirs',
      type: '[]AlterReplicaLogDir',
      versions: '1+',
      fields: [
        { name: 'path', type: 'string', versions: '1+', mapKey: true },
        {
          name: 'topics',
          type: '[]AlterReplicaLogDirTopic',
          versions: '1+',
          fields: [
            { name: 'name', type: 'string', versions: '1+', mapKey: true, entity: 'topicName' },
            { name: 'partitions', type: '[]int32', versions: '1+' },
          ],
        },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
    {
      name: 'results',
      type: '[]AlterReplicaLogDirTopicResult',
      versions: '1+',
      fields: [
        { name: 'topicName', type: 'string', versions: '1+', entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]AlterReplicaLogDirPartitionResult',
          versions: '1+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '1+' },
            { name: 'errorCode', type: 'int16', versions: '1+' },
          ],
        },
      ],
    },
  ],
}
