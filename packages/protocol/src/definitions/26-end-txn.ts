import type { ApiDefinition } from './definition.ts'

export const endTxn: ApiDefinition = {
  key: 26,
  name: 'EndTxn',
  versions: '0-5',
  flexible: '3+',
  listeners: ['broker'],
  request: [
    { name: 'transactionalId', type: 'string', versions: '0+', entity: 'transactionalId' },
    { name: 'producerId', type: 'int64', versions: '0+', entity: 'producerId' },
    { name: 'producerEpoch', type: 'int16', versions: '0+' },
    { name: 'committed', type: 'bool', versions: '0+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'producerId', type: 'int64', versions: '5+', default: -1n, ignorable: true, entity: 'producerId' },
    { name: 'producerEpoch', type: 'int16', versions: '5+', default: -1, ignorable: true },
  ],
}
