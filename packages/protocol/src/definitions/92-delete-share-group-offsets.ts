import type { ApiDefinition } from './definition.ts'

export const deleteShareGroupOffsets: ApiDefinition = {
  key: 92,
  name: 'DeleteShareGroupOffsets',
  versions: '0',
  flexible: '0+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '0+', entity: 'groupId' },
    {
      name: 'topics',
      type: '[]DeleteShareGroupOffsetsRequestTopic',
      versions: '0+',
      fields: [{ name: 'topicName', type: 'string', versions: '0+', entity: 'topicName' }],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'errorMessage', type: 'string', versions: '0+', nullable: true, default: null },
    {
      name: 'responses',
      type: '[]DeleteShareGroupOffsetsResponseTopic',
      versions: '0+',
      fields: [
        { name: 'topicName', type: 'string', versions: '0+', entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '0+' },
        { name: 'errorCode', type: 'int16', versions: '0+' },
        { name: 'errorMessage', type: 'string', versions: '0+', nullable: true, default: null },
      ],
    },
  ],
}
