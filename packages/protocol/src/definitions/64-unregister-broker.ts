import type { ApiDefinition } from './definition.ts'

export const unregisterBroker: ApiDefinition = {
  key: 64,
  name: 'UnregisterBroker',
  versions: '0',
  flexible: '0+',
  listeners: ['broker', 'controller'],
  forwardable: true,
  request: [{ name: 'brokerId', type: 'int32', versions: '0+', entity: 'brokerId' }],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'errorMessage', type: 'string', versions: '0+', nullable: true },
  ],
}
