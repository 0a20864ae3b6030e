import type { ApiDefinition, FieldDefinition } from './definition.ts'

const addPartitionsToTxnTopicFields: readonly FieldDefinition[] = [
  { name: 'name', type: 'string', versions: '0+', mapKey: true, entity: 'topicName' },
  { name: 'partitions', type: '[]int32', versions: '0+' },
]

const addPartitionsToTxnPartitionResultFields: readonly FieldDefinition[] = [
  { name: 'partitionIndex', type: 'int32', versions: '0+', mapKey: true },
  { name: 'partitionErrorCode', type: 'int16', versions: '0+' },
]

const addPartitionsToTxnTopicResultFields: readonly FieldDefinition[] = [
  { name: 'name', type: 'string', versions: '0+', mapKey: true, entity: 'topicName' },
  {
    name: 'resultsByPartition',
    type: '[]AddPartitionsToTxnPartitionResult',
    versions: '0+',
    fields: addPartitionsToTxnPartitionResultFields,
  },
]

export const addPartitionsToTxn: ApiDefinition = {
  key: 24,
  name: 'AddPartitionsToTxn',
  versions: '0-5',
  flexible: '3+',
  listeners: ['broker'],
  request: [
    {
      name: 'transactions',
      type: '[]AddPartitionsToTxnTransaction',
      versions: '4+',
      fields: [
        { name: 'transactionalId', type: 'string', versions: '4+', mapKey: true, entity: 'transactionalId' },
        { name: 'producerId', type: 'int64', versions: '4+', entity: 'producerId' },
        { name: 'producerEpoch', type: 'int16', versions: '4+' },
        { name: 'verifyOnly', type: 'bool', versions: '4+' },
        { name: 'topics', type: '[]AddPartitionsToTxnTopic', versions: '4+', fields: addPartitionsToTxnTopicFields },
      ],
    },
    { name: 'v3AndBelowTransactionalId', type: 'string', versions: '0-3', entity: 'transactionalId' },
    { name: 'v3AndBelowProducerId', type: 'int64', versions: '0-3', entity: 'producerId' },
    { name: 'v3AndBelowProducerEpoch', type: 'int16', versions: '0-3' },
    {
      name: 'v3AndBelowTopics',
      type: '[]AddPartitionsToTxnTopic',
      versions: '0-3',
      fields: addPartitionsToTxnTopicFields,
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '4+', ignorable: true },
    {
      name: 'resultsByTransaction',
      type: '[]AddPartitionsToTxnResult',
      versions: '4+',
      fields: [
        { name: 'transactionalId', type: 'string', versions: '4+', mapKey: true, entity: 'transactionalId' },
        {
          name: 'topicResults',
          type: '[]AddPartitionsToTxnTopicResult',
          versions: '4+',
          fields: addPartitionsToTxnTopicResultFields,
        },
      ],
    },
    {
      name: 'resultsByTopicV3AndBelow',
      type: '[]AddPartitionsToTxnTopicResult',
      versions: '0-3',
      fields: addPartitionsToTxnTopicResultFields,
    },
  ],
}
