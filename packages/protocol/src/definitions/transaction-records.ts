import type { MessageDefinition } from './definition.ts'

export const transactionLogKey: MessageDefinition = {
  name: 'TransactionLogKey',
  kind: 'coordinator-key',
  recordType: 0,
  versions: '0',
  fields: [{ name: 'transactionalId', type: 'string', versions: '0+' }],
}

export const transactionLogValue: MessageDefinition = {
  name: 'TransactionLogValue',
  kind: 'coordinator-value',
  recordType: 0,
  versions: '0-1',
  flexible: '1+',
  fields: [
    { name: 'producerId', type: 'int64', versions: '0+' },
    { name: 'previousProducerId', type: 'int64', versions: '1+', tag: 0, default: -1n },
    { name: 'nextProducerId', type: 'int64', versions: '1+', tag: 1, default: -1n },
    { name: 'producerEpoch', type: 'int16', versions: '0+' },
    { name: 'nextProducerEpoch', type: 'int16', versions: '1+', tag: 3, default: -1 },
    { name: 'transactionTimeoutMs', type: 'int32', versions: '0+' },
    { name: 'transactionStatus', type: 'int8', versions: '0+' },
    {
      name: 'transactionPartitions',
      type: '[]PartitionsSchema',
      versions: '0+',
      nullable: true,
      fields: [
        { name: 'topic', type: 'string', versions: '0+' },
        { name: 'partitionIds', type: '[]int32', versions: '0+' },
      ],
    },
    { name: 'transactionLastUpdateTimestampMs', type: 'int64', versions: '0+' },
    { name: 'transactionStartTimestampMs', type: 'int64', versions: '0+' },
    { name: 'clientTransactionVersion', type: 'int16', versions: '1+', tag: 2 },
  ],
}
