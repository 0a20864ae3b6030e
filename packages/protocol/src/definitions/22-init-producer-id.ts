import type { ApiDefinition } from './definition.ts'

export const initProducerId: ApiDefinition = {
  key: 22,
  name: 'InitProducerId',
  versions: '0-6',
  flexible: '2+',
  latestUnstable: true,
  listeners: ['broker'],
  request: [
    { name: 'transactionalId', type: 'string', versions: '0+', nullable: true, entity: 'transactionalId' },
    { name: 'transactionTimeoutMs', type: 'int32', versions: '0+' },
    { name: 'producerId', type: 'int64', versions: '3+', default: -1n, entity: 'producerId' },
    { name: 'producerEpoch', type: 'int16', versions: '3+', default: -1 },
    { name: 'enable2Pc', type: 'bool', versions: '6+' },
    { name: 'keepPreparedTxn', type: 'bool', versions: '6+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+', ignorable: true },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'producerId', type: 'int64', versions: '0+', default: -1n, entity: 'producerId' },
    { name: 'producerEpoch', type: 'int16', versions: '0+' },
    { name: 'ongoingTxnProducerId', type: 'int64', versions: '6+', default: -1n, entity: 'producerId' },
    { name: 'ongoingTxnProducerEpoch', type: 'int16', versions: '6+', default: -1 },
  ],
}
