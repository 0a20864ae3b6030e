import type { ApiDefinition } from './definition.ts'

export const envelope: ApiDefinition = {
  key: 58,
  name: 'Envelope',
  versions: '0',
  flexible: '0+',
  listeners: ['controller'],
  clusterAction: true,
  request: [
    { name: 'requestData', type: 'bytes', versions: '0+' },
    { name: 'requestPrincipal', type: 'bytes', versions: '0+', nullable: true },
    { name: 'clientHostAddress', type: 'bytes', versions: '0+' },
  ],
  response: [
    { name: 'responseData', type: 'bytes', versions: '0+', nullable: true, default: null },
    { name: 'errorCode', type: 'int16', versions: '0+' },
  ],
}
