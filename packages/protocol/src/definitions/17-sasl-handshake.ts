import type { ApiDefinition } from './definition.ts'

export const saslHandshake: ApiDefinition = {
  key: 17,
  name: 'SaslHandshake',
  versions: '0-1',
  listeners: ['broker', 'controller'],
  request: [{ name: 'mechanism', type: 'string', versions: '0+' }],
  response: [
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'mechanisms', type: '[]string', versions: '0+' },
  ],
}
