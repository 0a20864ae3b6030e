import type { ApiDefinition } from './definition.ts'

export const deleteTopics: ApiDefinition = {
  key: 20,
  name: 'DeleteTopics',
  versions: '1-6',
  flexible: '4+',
  listeners: ['broker', 'controller'],
  forwardable: true,
  request: [
    {
      name: 'topics',
      type: '[]DeleteTopicState',
      versions: '6+',
      fields: [
        { name: 'name', type: 'string', versions: '6+', nullable: true, default: null, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '6+' },
      ],
    },
    { name: 'topicNames', type: '[]string', versions: '1-5', ignorable: true, entity: 'topicName' },
    { name: 'timeoutMs', type: 'int32', versions: '1+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+', ignorable: true },
    {
      name: 'responses',
      type: '[]DeletableTopicResult',
      versions: '1+',
      fields: [
        { name: 'name', type: 'string', versions: '1+', nullable: '6+', mapKey: true, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '6+', ignorable: true },
        { name: 'errorCode', type: 'int16', versions: '1+' },
        { name: 'errorMessage', type: 'string', versions: '5+', nullable: true, default: null, ignorable: true },
      ],
    },
  ],
}
