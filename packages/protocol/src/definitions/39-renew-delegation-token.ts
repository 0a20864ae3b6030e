import type { ApiDefinition } from './definition.ts'

export const renewDelegationToken: ApiDefinition = {
  key: 39,
  name: 'RenewDelegationToken',
  versions: '1-2',
  flexible: '2+',
  listeners: ['broker', 'controller'],
  forwardable: true,
  request: [
    { name: 'hmac', type: 'bytes', versions: '1+' },
    { name: 'renewPeriodMs', type: 'int64', versions: '1+' },
  ],
  response: [
    { name: 'errorCode', type: 'int16', versions: '1+' },
    { name: 'expiryTimestampMs', type: 'int64', versions: '1+' },
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
  ],
}
