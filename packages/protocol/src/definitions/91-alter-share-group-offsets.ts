import type { ApiDefinition } from './definition.ts'

export const alterShareGroupOffsets: ApiDefinition = {
  key: 91,
  name: 'AlterShareGroupOffsets',
  versions: '0',
  flexible: '0+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '0+', entity: 'groupId' },
    {
      name: 'topics',
      type: '[]AlterShareGroupOffsetsRequestTopic',
      versions: '0+',
      fields: [
        { name: 'topicName', type: 'string', versions: '0+', mapKey: true, entity: 'topicName' },
        {
          name: 'partitions',
          type: '[]AlterShareGroupOffsetsRequestPartition',
          versions: '0+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '0+' },
            { name: 'startOffset', type: 'int64', versions: '0+' },
          ],
        },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'errorMessage', type: 'string', versions: '0+', nullable: true, default: null },
    {
      name: 'responses',
      type: '[]AlterShareGroupOffsetsResponseTopic',
      versions: '0+',
      fields: [
        { name: 'topicName', type: 'string', versions: '0+', mapKey: true, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '0+' },
        {
          name: 'partitions',
          type: '[]AlterShareGroupOffsetsResponsePartition',
          versions: '0+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '0+' },
            { name: 'errorCode', type: 'int16', versions: '0+' },
            { name: 'errorMessage', type: 'string', versions: '0+', nullable: true, default: null },
          ],
        },
      ],
    },
  ],
}
