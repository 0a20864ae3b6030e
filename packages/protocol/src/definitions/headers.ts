import type { MessageDefinition } from './definition.ts'

export const requestHeader: MessageDefinition = {
  name: 'RequestHeader',
  kind: 'header',
  versions: '1-2',
  flexible: '2+',
  fields: [
    { name: 'requestApiKey', type: 'int16', versions: '1+' },
    { name: 'requestApiVersion', type: 'int16', versions: '1+' },
    { name: 'correlationId', type: 'int32', versions: '1+' },
    { name: 'clientId', type: 'string', versions: '1+', nullable: true, flexible: false },
  ],
}

export const responseHeader: MessageDefinition = {
  name: 'ResponseHeader',
  kind: 'header',
  versions: '0-1',
  flexible: '1+',
  fields: [{ name: 'correlationId', type: 'int32', versions: '0+' }],
}
