import type { ApiDefinition } from './definition.ts'

export const allocateProducerIds: ApiDefinition = {
  key: 67,
  name: 'AllocateProducerIds',
  versions: '0',
  flexible: '0+',
  listeners: ['controller'],
  clusterAction: true,
  forwardable: true,
  request: [
    { name: 'brokerId', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'brokerEpoch', type: 'int64', versions: '0+', default: -1n },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'producerIdStart', type: 'int64', versions: '0+', entity: 'producerId' },
    { name: 'producerIdLen', type: 'int32', versions: '0+' },
  ],
}
