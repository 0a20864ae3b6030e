import type { ApiDefinition } from './definition.ts'

export const createTopics: ApiDefinition = {
  key: 19,
  name: 'CreateTopics',
  versions: '2-7',
  flexible: '5+',
  listeners: ['broker', 'controller'],
  forwardable: true,
  request: [
    {
      name: 'topics',
      type: '[]CreatableTopic',
      versions: '2+',
      fields: [
        { name: 'name', type: 'string', versions: '2+', mapKey: true, entity: 'topicName' },
        { name: 'numPartitions', type: 'int32', versions: '2+' },
        { name: 'replicationFactor', type: 'int16', versions: '2+' },
        {
          name: 'assignments',
          type: '[]CreatableReplicaAssignment',
          versions: '2+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '2+', mapKey: true },
            { name: 'brokerIds', type: '[]int32', versions: '2+', entity: 'brokerId' },
          ],
        },
        {
          name: 'configs',
          type: '[]CreatableTopicConfig',
          versions: '2+',
          fields: [
            { name: 'name', type: 'string', versions: '2+', mapKey: true },
            { name: 'value', type: 'string', versions: '2+', nullable: true },
          ],
        },
      ],
    },
    { name: 'timeoutMs', type: 'int32', versions: '2+', default: 60000 },
    { name: 'validateOnly', type: 'bool', versions: '2+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '2+', ignorable: true },
    {
      name: 'topics',
      type: '[]CreatableTopicResult',
      versions: '2+',
      fields: [
        { name: 'name', type: 'string', versions: '2+', mapKey: true, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '7+', ignorable: true },
        { name: 'errorCode', type: 'int16', versions: '2+' },
        { name: 'errorMessage', type: 'string', versions: '2+', nullable: true, ignorable: true },
        { name: 'topicConfigErrorCode', type: 'int16', versions: '5+', tag: 0, ignorable: true },
        { name: 'numPartitions', type: 'int32', versions: '5+', default: -1, ignorable: true },
        { name: 'replicationFactor', type: 'int16', versions: '5+', default: -1, ignorable: true },
        {
          name: 'configs',
          type: '[]CreatableTopicConfigs',
          versions: '5+',
          nullable: true,
          ignorable: true,
          fields: [
            { name: 'name', type: 'string', versions: '5+' },
            { name: 'value', type: 'string', versions: '5+', nullable: true },
            { name: 'readOnly', type: 'bool', versions: '5+' },
            { name: 'configSource', type: 'int8', versions: '5+', default: -1, ignorable: true },
            { name: 'isSensitive', type: 'bool', versions: '5+' },
          ],
        },
      ],
    },
  ],
}
