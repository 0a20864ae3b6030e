import type { ApiDefinition } from './definition.ts'

export const createDelegationToken: ApiDefinition = {
  key: 38,
  name: 'CreateDelegationToken',
  versions: '1-3',
  flexible: '2+',
  listeners: ['broker', 'controller'],
  forwardable: true,
  request: [
    { name: 'ownerPrincipalType', type: 'string', versions: '3+', nullable: true },
    { name: 'ownerPrincipalName', type: 'string', versions: '3+', nullable: true },
    {
      name: 'renewers',
      type: '[]CreatableRenewers',
      versions: '1+',
      fields: [
        { name: 'principalType', type: 'string', versions: '1+' },
        { name: 'principalName', type: 'string', versions: '1+' },
      ],
    },
    { name: 'maxLifetimeMs', type: 'int64', versions: '1+' },
  ],
  response: [
    { name: 'errorCode', type: 'int16', versions: '1+' },
    { name: 'principalType', type: 'string', versions: '1+' },
    { name: 'principalName', type: 'string', versions: '1+' },
    { name: 'tokenRequesterPrincipalType', type: 'string', versions: '3+' },
    { name: 'tokenRequesterPrincipalName', type: 'string', versions: '3+' },
    { name: 'issueTimestampMs', type: 'int64', versions: '1+' },
    { name: 'expiryTimestampMs', type: 'int64', versions: '1+' },
    { name: 'maxTimestampMs', type: 'int64', versions: '1+' },
    { name: 'tokenId', type: 'string', versions: '1+' },
    { name: 'hmac', type: 'bytes', versions: '1+' },
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
  ],
}
