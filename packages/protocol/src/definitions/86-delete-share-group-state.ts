import type { ApiDefinition } from './definition.ts'

export const deleteShareGroupState: ApiDefinition = {
  key: 86,
  name: 'DeleteShareGroupState',
  versions: '0',
  flexible: '0+',
  listeners: ['broker'],
  clusterAction: true,
  request: [
    { name: 'groupId', type: 'string', versions: '0+' },
    {
      name: 'topics',
      type: '[]DeleteStateData',
      versions: '0+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '0+' },
        {
          name: 'partitions',
          type: '[]PartitionData',
          versions: '0+',
          fields: [{ name: 'partition', type: 'int32', versions: '0+' }],
        },
      ],
    },
  ],
  response: [
    {
      name: 'results',
      type: '[]DeleteStateResult',
      versions: '0+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '0+' },
        {
          name: 'partitions',
          type: '[]PartitionResult',
          versions: '0+',
          fields: [
            { name: 'partition', type: 'int32', versions: '0+' },
            { name: 'errorCode', type: 'int16', versions: '0+' },
            { name: 'errorMessage', type: 'string', versions: '0+', nullable: true, default: null },
          ],
        },
      ],
    },
  ],
}
