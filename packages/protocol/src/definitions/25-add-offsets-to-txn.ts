import type { ApiDefinition } from './definition.ts'

export const addOffsetsToTxn: ApiDefinition = {
  key: 25,
  name: 'AddOffsetsToTxn',
  versions: '0-4',
  flexible: '3+',
  listeners: ['broker'],
  request: [
    { name: 'transactionalId', type: 'string', versions: '0+', entity: 'transactionalId' },
    { name: 'producerId', type: 'int64', versions: '0+', entity: 'producerId' },
    { name: 'producerEpoch', type: 'int16', versions: '0+' },
    { name: 'groupId', type: 'string', versions: '0+', entity: 'groupId' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
  ],
}
