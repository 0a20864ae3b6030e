import type { ApiDefinition } from './definition.ts'

export const writeTxnMarkers: ApiDefinition = {
  key: 27,
  name: 'WriteTxnMarkers',
  versions: '1-2',
  flexible: '1+',
  listeners: ['broker'],
  clusterAction: true,
  request: [
    {
      name: 'markers',
      type: '[]WritableTxnMarker',
      versions: '1+',
      fields: [
        { name: 'producerId', type: 'int64', versions: '1+', entity: 'producerId' },
        { name: 'producerEpoch', type: 'int16', versions: '1+' },
        { name: 'transactionResult', type: 'bool', versions: '1+' },
        {
          name: 'topics',
          type: '[]WritableTxnMarkerTopic',
          versions: '1+',
          fields: [
            { name: 'name', type: 'string', versions: '1+', entity: 'topicName' },
            { name: 'partitionIndexes', type: '[]int32', versions: '1+' },
          ],
        },
        { name: 'coordinatorEpoch', type: 'int32', versions: '1+' },
        { name: 'transactionVersion', type: 'int8', versions: '2+', ignorable: true },
      ],
    },
  ],
  response: [
    {
      name: 'markers',
      type: '[]WritableTxnMarkerResult',
      versions: '1+',
      fields: [
        { name: 'producerId', type: 'int64', versions: '1+', entity: 'producerId' },
        {
          name: 'topics',
          type: '[]WritableTxnMarkerTopicResult',
          versions: '1+',
          fields: [
            { name: 'name', type: 'string', versions: '1+', entity: 'topicName' },
            {
              name: 'partitions',
              type: '[]WritableTxnMarkerPartitionResult',
              versions: '1+',
              fields: [
                { name: 'partitionIndex', type: 'int32', versions: '1+' },
                { name: 'errorCode', type: 'int16', versions: '1+' },
              ],
            },
          ],
        },
      ],
    },
  ],
}
