import type { ApiDefinition } from './definition.ts'

export const alterPartition: ApiDefinition = {
  key: 56,
  name: 'AlterPartition',
  versions: '2-3',
  flexible: '2+',
  listeners: ['controller'],
  clusterAction: true,
  request: [
    { name: 'brokerId', type: 'int32', versions: '2+', entity: 'brokerId' },
    { name: 'brokerEpoch', type: 'int64', versions: '2+', default: -1n },
    {
      name: 'topics',
      type: '[]TopicData',
      versions: '2+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '2+', ignorable: true },
        {
          name: 'partitions',
          type: '[]PartitionData',
          versions: '2+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '2+' },
            { name: 'leaderEpoch', type: 'int32', versions: '2+' },
            { name: 'newIsr', type: '[]int32', versions: '2', entity: 'brokerId' },
            {
              name: 'newIsrWithEpochs',
              type: '[]BrokerState',
              versions: '3+',
              fields: [
                { name: 'brokerId', type: 'int32', versions: '3+', entity: 'brokerId' },
                { name: 'brokerEpoch', type: 'int64', versions: '3+', default: -1n },
              ],
            },
            { name: 'leaderRecoveryState', type: 'int8', versions: '2+' },
            { name: 'partitionEpoch', type: 'int32', versions: '2+' },
          ],
        },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '2+' },
    { name: 'errorCode', type: 'int16', versions: '2+' },
    {
      name: 'topics',
      type: '[]TopicData',
      versions: '2+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '2+', ignorable: true },
        {
          name: 'partitions',
          type: '[]PartitionData',
          versions: '2+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '2+' },
            { name: 'errorCode', type: 'int16', versions: '2+' },
            { name: 'leaderId', type: 'int32', versions: '2+', entity: 'brokerId' },
            { name: 'leaderEpoch', type: 'int32', versions: '2+' },
            { name: 'isr', type: '[]int32', versions: '2+', entity: 'brokerId' },
            { name: 'leaderRecoveryState', type: 'int8', versions: '2+', ignorable: true },
            { name: 'partitionEpoch', type: 'int32', versions: '2+' },
          ],
        },
      ],
    },
  ],
}
