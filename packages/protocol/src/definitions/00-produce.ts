import type { ApiDefinition } from './definition.ts'

export const produce: ApiDefinition = {
  key: 0,
  name: 'Produce',
  versions: '3-13',
  flexible: '9+',
  advertised: '0-13',
  listeners: ['broker'],
  request: [
    {
      name: 'transactionalId',
      type: 'string',
      versions: '3+',
      nullable: true,
      default: null,
      entity: 'transactionalId',
    },
    { name: 'acks', type: 'int16', versions: '3+' },
    { name: 'timeoutMs', type: 'int32', versions: '3+' },
    {
      name: 'topicData',
      type: '[]TopicProduceData',
      versions: '3+',
      fields: [
        { name: 'name', type: 'string', versions: '3-12', ignorable: true, mapKey: true, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '13+', ignorable: true, mapKey: true },
        {
          name: 'partitionData',
          type: '[]PartitionProduceData',
          versions: '3+',
          fields: [
            { name: 'index', type: 'int32', versions: '3+' },
            { name: 'records', type: 'records', versions: '3+', nullable: true },
          ],
        },
      ],
    },
  ],
  response: [
    {
      name: 'responses',
      type: '[]TopicProduceResponse',
      versions: '3+',
      fields: [
        { name: 'name', type: 'string', versions: '3-12', ignorable: true, mapKey: true, entity: 'topicName' },
        { name: 'topicId', type: 'uuid', versions: '13+', ignorable: true, mapKey: true },
        {
          name: 'partitionResponses',
          type: '[]PartitionProduceResponse',
          versions: '3+',
          fields: [
            { name: 'index', type: 'int32', versions: '3+' },
            { name: 'errorCode', type: 'int16', versions: '3+' },
            { name: 'baseOffset', type: 'int64', versions: '3+' },
            { name: 'logAppendTimeMs', type: 'int64', versions: '3+', default: -1n, ignorable: true },
            { name: 'logStartOffset', type: 'int64', versions: '5+', default: -1n, ignorable: true },
            {
              name: 'recordErrors',
              type: '[]BatchIndexAndErrorMessage',
              versions: '8+',
              ignorable: true,
              fields: [
                { name: 'batchIndex', type: 'int32', versions: '8+' },
                { name: 'batchIndexErrorMessage', type: 'string', versions: '8+', nullable: true, default: null },
              ],
            },
            { name: 'errorMessage', type: 'string', versions: '8+', nullable: true, default: null, ignorable: true },
            {
              name: 'currentLeader',
              type: 'LeaderIdAndEpoch',
              versions: '10+',
              tag: 0,
              fields: [
                { name: 'leaderId', type: 'int32', versions: '10+', default: -1, entity: 'brokerId' },
                { name: 'leaderEpoch', type: 'int32', versions: '10+', default: -1 },
              ],
            },
          ],
        },
      ],
    },
    { name: 'throttleTimeMs', type: 'int32', versions: '3+', ignorable: true },
    {
      name: 'nodeEndpoints',
      type: '[]NodeEndpoint',
      versions: '10+',
      tag: 0,
      fields: [
        { name: 'nodeId', type: 'int32', versions: '10+', mapKey: true, entity: 'brokerId' },
        { name: 'host', type: 'string', versions: '10+' },
        { name: 'port', type: 'int32', versions: '10+' },
        { name: 'rack', type: 'string', versions: '10+', nullable: true, default: null },
      ],
    },
  ],
}
